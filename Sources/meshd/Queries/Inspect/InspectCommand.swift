import ArgumentParser
import ModuleKit

/// `meshd inspect`.
struct InspectCommand: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract:
            "Shows what has to be looked at before an instance is relied upon, and one fingerprint over all of it.",
        discussion: """
            That is its code (module, version, and a hash of its interface), how it was configured and what it makes of it, \
            its admin, its grants with their caps, and, for an end of a pairing, where the other end is and which channels \
            there are. Nothing changes in normal life, as balances do, so that comparing the fingerprint later is enough.

            The fingerprint is SHA-256 over the compact JSON text of the other members of `--output json`, with the members \
            of every object in the order of their names.

            `meshd pairing verify` looks at both ends of a pairing for you.

            Example:
              meshd inspect main-converter
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The instance's label or address.")
    var instance: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let inspection = try chain.inspection(of: instance)
        return Report(inspection.document) { inspection.facts.text($0) }
    }
}

extension ChainView {
    /// Looks at an instance of a label or an address.
    func inspection(of reference: String) throws(CommandError) -> Inspection {
        try Inspection(try instance(reference), self, grants: try grants())
    }
}
