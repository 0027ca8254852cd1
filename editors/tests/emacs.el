;;; emacs.el --- The setup for Emacs, with the real server  -*- lexical-binding: t; -*-

;; Emacs 28 or later with Eglot (it comes with Emacs from 29 on; Debian 12 has the packages
;; emacs-nox and elpa-eglot).  Build the server first, then, in the project's folder:
;;
;;     emacs --batch -l editors/tests/emacs.el
;;
;; It works on a copy of the fixture and ends with status 1 if something fails.

;;; Code:

(defconst tests (file-name-directory (expand-file-name load-file-name)))
(defvar passed 0)
(defvar failed 0)

(defun check (what condition &optional detail)
  "Count CONDITION and say WHAT it is; DETAIL is shown if it is not so."
  (if condition
      (setq passed (1+ passed))
    (setq failed (1+ failed)))
  (princ (if condition (format "ok   %s\n" what) (format "FAIL %s: %S\n" what detail))))

(defun await (what condition)
  "Let Emacs work until CONDITION holds, or say that WHAT did not come."
  (let ((end (+ (float-time) 60)) (value nil))
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (unless value
      (check what nil "nothing came in a minute"))
    value))

(defun go-to (words &optional nth)
  "Move into the NTH occurrence of WORDS."
  (goto-char (point-min))
  (search-forward words nil nil (or nth 1))
  (goto-char (1+ (match-beginning 0))))

(defun documentation-here ()
  "What ElDoc is told about the place of the cursor."
  (let ((told nil))
    (run-hook-wrapped 'eldoc-documentation-functions
                      (lambda (function)
                        (funcall function (lambda (text &rest _) (push (or text "") told)))
                        nil))
    (await "documentation" (lambda () (seq-find (lambda (text) (string-match-p "×" text)) told)))))

(defun definition-here ()
  "Go to the definition and give the file's name and the line there."
  (xref-find-definitions (xref-backend-identifier-at-point (xref-find-backend)))
  (list (file-name-nondirectory buffer-file-name) (line-number-at-pos)
        (buffer-substring-no-properties (line-beginning-position) (line-end-position))))

(defun diagnostics ()
  "The words that Flymake underlines, in their order."
  (mapcar (lambda (one)
            (buffer-substring-no-properties (flymake-diagnostic-beg one) (flymake-diagnostic-end one)))
          (sort (flymake-diagnostics)
                (lambda (one other) (< (flymake-diagnostic-beg one) (flymake-diagnostic-beg other))))))

(defun run ()
  "Try the setup on a copy of the fixture."
  (let ((corpus (file-name-as-directory (make-temp-file "rubricator" t)))
        (program (executable-find (expand-file-name (or (getenv "RUBRICATOR") "target/release/rubricator")))))
    (unless program
      (error "The server was not found: build it, or say in RUBRICATOR where it is"))
    (copy-directory (expand-file-name "fixture" tests) corpus nil nil t)
    (unwind-protect
        (progn
          (package-initialize)
          (add-to-list 'load-path (expand-file-name "../emacs" tests))
          (require 'rubricator)
          (setq rubricator-command (list program "server"))
          (add-hook 'text-mode-hook #'rubricator-ensure)
          (princ (format "Emacs %s\n" emacs-version))
          (find-file (expand-file-name "thaw.txt" corpus))
          ;; Without a screen nobody presses a key, and Eglot waits for the first one.
          (run-hooks 'post-command-hook)
          (try-it corpus)
          (when (eglot-current-server)
            (eglot-shutdown (eglot-current-server))))
      (delete-directory corpus t))))

(defun try-it (corpus)
  "Check what an editor does with the text of CORPUS."
  (when (await "a connection" #'eglot-current-server)
    (flymake-mode 1)
    (flymake-start)
    (await "findings" (lambda () (cdr (diagnostics))))
    (check "findings" (equal (diagnostics) '("‘" "Trotskii")) (diagnostics))
    (check "the root is the corpus"
           (file-equal-p corpus (project-root (eglot--project (eglot-current-server)))))

    (go-to "Khrushchev")
    (let ((card (or (documentation-here) "")))
      (check "hover shows the figure" (string-match-p "Никита Сергеевич Хрущёв" card) card)
      (check "hover counts the spellings" (string-match-p "Khrushchev × 2" card) card))

    (let ((text (current-buffer)) place)
      (save-current-buffer
        (setq place (definition-here))
        (check "a name leads to its entry" (equal (car place) "figures.toml") place))
      (set-buffer text)
      (go-to "[1]")
      (save-current-buffer
        (setq place (definition-here))
        (check "a marker leads to its note" (equal (seq-take place 2) '("thaw.txt" 15)) place))
      (set-buffer text))

    (go-to "Trotskii")
    (let* ((actions (eglot-code-actions (point) (point)))
           (fix (seq-find (lambda (one) (equal (plist-get one :title) "Write “Trotsky”")) actions)))
      (check "a fix is offered" fix actions))))

(condition-case problem
    (run)
  (error (check "the test runs" nil problem)))
(princ (format "%d passed, %d failed\n" passed failed))
(kill-emacs (if (or (> failed 0) (= passed 0)) 1 0))
;;; emacs.el ends here
