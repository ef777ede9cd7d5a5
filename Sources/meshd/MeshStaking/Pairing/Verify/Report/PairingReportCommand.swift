import ArgumentParser
import ModuleKit

/// `meshd pairing report`.
struct PairingReportCommand: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes down what one end of a pairing shows, for somebody who has only the other chain.",
        discussion: """
            The report is JSON on standard output, in either format. It is as good as whoever made it: ask several.

            Example:
              meshd pairing report main-converter --home ./consumer > consumer.json
              meshd pairing verify --provider ./provider --consumer-report consumer.json
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The end: an External Staking or a Converter, by label or address.")
    var instance: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let document = try EndReport(of: instance, chain).document
        return Report(document) { _ in document.text(.pretty) }
    }
}
