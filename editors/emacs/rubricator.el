;;; rubricator.el --- Proofread transcriptions with Eglot  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Put this folder on `load-path' and write into your init file:
;;
;;     (require 'rubricator)
;;     (add-hook 'text-mode-hook #'rubricator-ensure)

;;; Code:

(require 'eglot)
(require 'seq)

(defvar rubricator-command '("rubricator" "server")
  "The program that reads the texts, and its arguments.")

(defvar rubricator-files
  (rx "." (or "txt" "text" "md" "markdown" "html" "htm" "xhtml" "xml" "tei") eos)
  "The names of the files that are texts.")

(defvar rubricator-modes
  '(text-mode html-mode mhtml-mode nxml-mode markdown-mode gfm-mode)
  "The major modes that show texts.")

(defun rubricator-project (directory)
  "The corpus that DIRECTORY belongs to, where there is no repository."
  (let ((root (seq-some (lambda (name) (locate-dominating-file directory name))
                        '("rubricator.toml" "figures.toml"))))
    (and root (cons 'transient root))))

;;;###autoload
(defun rubricator-ensure ()
  "Let Rubricator read the text in this buffer.
Other buffers, and the servers that you have chosen for them, are left alone."
  (interactive)
  (when (and buffer-file-name
             (string-match-p rubricator-files buffer-file-name)
             (executable-find (car rubricator-command)))
    (setq-local eglot-server-programs (list (cons rubricator-modes rubricator-command)))
    (add-hook 'project-find-functions #'rubricator-project t t)
    (eglot-ensure)))

(provide 'rubricator)
;;; rubricator.el ends here
