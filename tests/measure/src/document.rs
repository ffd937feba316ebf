//! Those parts of a Markdown document that a program writes, each between two markers: `<!-- name: begin -->` and
//! `<!-- name: end -->`. What stands around them is written by hand.

use std::path::{Path, PathBuf};

/// The marker that a document lacks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no `{0}`")]
pub struct MissingMarker(pub String);

/// Why a file was left as it was.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// It has no place for one of the texts.
    #[error("{}: {source}", .file.display())]
    Marker {
        /// Which file.
        file: PathBuf,
        /// What it lacks.
        source: MissingMarker,
    },
    /// It cannot be read or written.
    #[error("{}: {source}", .file.display())]
    File {
        /// Which file.
        file: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
}

/// The document with this text in place of what stands between the markers of this name. Blank lines around the text
/// are left out.
///
/// # Errors
/// When the document has no such markers, the end after the beginning.
pub fn filled(document: &str, name: &str, text: &str) -> Result<String, MissingMarker> {
    let (begin, end) = (format!("<!-- {name}: begin -->"), format!("<!-- {name}: end -->"));
    let (before, rest) = document.split_once(&begin).ok_or_else(|| MissingMarker(begin.clone()))?;
    let (_, after) = rest.split_once(&end).ok_or_else(|| MissingMarker(end.clone()))?;
    Ok(format!("{before}{begin}\n{}\n{end}{after}", text.trim()))
}

/// Puts texts into a file, each between the markers of its name: all of them, or none.
///
/// # Errors
/// When the file cannot be read or written, or lacks a marker.
pub fn fill(file: &Path, texts: &[(&str, String)]) -> Result<(), FillError> {
    let failed = |source| FillError::File { file: file.to_owned(), source };
    let mut document = std::fs::read_to_string(file).map_err(failed)?;
    for (name, text) in texts {
        document =
            filled(&document, name, text).map_err(|source| FillError::Marker { file: file.to_owned(), source })?;
    }
    std::fs::write(file, document).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "above\n<!-- x: begin -->\nold\n<!-- x: end -->\nbelow\n";

    #[test]
    fn only_what_is_between_the_markers_changes() {
        let once = filled(DOCUMENT, "x", "new\n").unwrap();
        assert_eq!(once, "above\n<!-- x: begin -->\nnew\n<!-- x: end -->\nbelow\n");
        assert_eq!(filled(&once, "x", "\nnew").unwrap(), once);
    }

    #[test]
    fn the_marker_that_is_missing_is_named() {
        let missing = |document: &str, name: &str| filled(document, name, "new").unwrap_err().to_string();
        assert_eq!(missing(DOCUMENT, "y"), "there is no `<!-- y: begin -->`");
        assert_eq!(missing("<!-- x: begin -->", "x"), "there is no `<!-- x: end -->`");
        assert_eq!(missing("<!-- x: end --><!-- x: begin -->", "x"), "there is no `<!-- x: end -->`");
    }

    #[test]
    fn a_file_is_filled_with_all_texts_or_none() {
        let file = std::env::temp_dir().join(format!("measure-document-{}.md", std::process::id()));
        let read = || std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, DOCUMENT).unwrap();
        let error = fill(&file, &[("x", "new".to_owned()), ("y", "more".to_owned())]).unwrap_err().to_string();
        assert!(error.contains("measure-document") && error.contains("<!-- y: begin -->"), "{error}");
        assert_eq!(read(), DOCUMENT);
        fill(&file, &[("x", "new".to_owned())]).unwrap();
        assert_eq!(read(), DOCUMENT.replace("old", "new"));
        std::fs::remove_file(&file).unwrap();
        assert!(fill(&file, &[]).is_err(), "there is no such file");
    }
}
