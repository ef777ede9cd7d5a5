import ArgumentParser
import Foundation
import MeshHost
import ModuleKit

/// `meshd export`.
struct ExportCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the chain's state as a genesis file, from which another chain can be started.",
        discussion: """
            Example:
              meshd export > genesis.json
            """
    )

    @OptionGroup var global: GlobalOptions

    func execute(_ console: Console) throws(CommandError) {
        let host = try home.openForReading()
        let document = try CommandError.wrapping { try host.exportGenesis() }
        console.print(Report(document) { _ in document.text(.pretty) })
    }
}
