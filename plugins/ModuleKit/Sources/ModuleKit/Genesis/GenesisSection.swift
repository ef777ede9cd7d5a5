/// The rule for the names of sections of `app_state` where several instances run one module.
///
/// One instance of a module reads and writes the sections as the module names them: `vault`. Those of the others bear their
/// label: `vault/second`. No module has to know of it. One that names its sections by the instance itself, by its label or
/// with its label behind a slash, is left alone.
public enum GenesisSection {
    /// The name under which a section of such an instance stands in a document.
    ///
    /// - Parameters:
    ///   - section: the name that the module gives it.
    ///   - label: the instance's.
    public static func name(_ section: String, ofInstance label: String) -> String {
        isOwn(section, ofInstance: label) ? section : "\(section)/\(label)"
    }

    /// Whether a section of a document is one of an instance with this label.
    static func isOwn(_ section: String, ofInstance label: String) -> Bool {
        section == label || section.hasSuffix("/\(label)")
    }

    /// A path in a document, such as `app_state.vault.users[]`, with its section named for an instance.
    static func path(_ path: String, ofInstance label: String) -> String {
        let start = "app_state."
        guard path.hasPrefix(start) else { return path }
        let rest = path.dropFirst(start.count)
        let section = rest.prefix { $0 != "." && $0 != "[" }
        return start + name(String(section), ofInstance: label) + rest.dropFirst(section.count)
    }
}
