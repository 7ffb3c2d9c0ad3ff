"""Reports as pages for a browser and a printer: each one file that refers to nothing outside itself."""
