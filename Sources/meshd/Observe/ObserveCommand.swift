import ArgumentParser
import CometBFT
import Foundation
import MeshHost
import MeshSandbox
import ModuleKit
import Storage

/// `meshd observe`.
struct ObserveCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "observe",
        abstract: "Looks for validators of a consumer that voted twice, and proves it to the provider.",
        discussion: """
            It takes the home of a consumer, or files with answers of a CometBFT node (/block, /commit, /validators), single \
            votes and evidence, as JSON; several of them together. Evidence that stands in blocks is found, and votes that \
            contradict each other.

            Each finding goes to every External Staking of the provider that watches this chain, in a transaction of its \
            own that brings the header too; where that is far from those that the provider knows, in several. What was proven \
            before is skipped, so the command can be run again and again. What is too old for anybody to owe anything for \
            it is listed as such. Something else that can't be proven ends it with code 1.

            Example:
              meshd observe --consumer ./consumer --consumer heard.json --provider ./provider --key observer
            """
    )

    @OptionGroup var options: OutputOptions
    @OptionGroup var blockTime: BlockTimeOptions

    @Option(name: .long, help: "The home of the chain that is watched, or a file of JSON documents; may be repeated.")
    var consumer: [String] = []

    @Option(name: .long, help: "The home of the chain that is told.")
    var provider: String

    @Option(name: .long, help: "The key of the provider's home that signs.")
    var key: String

    var global: GlobalOptions { options.global }

    func validate() throws {
        guard !consumer.isEmpty else {
            throw ValidationError("Name what to observe with --consumer: a home, or a file of a node's answers.")
        }
        let homes = [provider] + consumer
        let places = homes.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().standardizedFileURL.path }
        guard !places.dropFirst().contains(places[0]) else {
            throw ValidationError("--consumer and --provider are the same home: name two chains.")
        }
    }

    func execute(_ console: Console) throws(CommandError) {
        let observer = Observer(of: try ObservedSources(consumer).chain())
        let reporting = ObserverReporting(home: Home(path: provider), key: key, blockTime: blockTime)
        let outcomes = try reporting.outcomes(of: observer)
        console.print(ObserverFindings(chainID: observer.chain.chainID, outcomes: outcomes).report)
        let failed = outcomes.count { !$0.isSettled }
        guard failed > 0 else { return }
        throw CommandError(
            .checkFailed,
            "\(failed) of \(outcomes.count) findings could not be proven: see why in the last column"
        )
    }
}

/// What a user names to observe: at most one home, and files.
private struct ObservedSources {
    private let homes: [Home]
    private let files: [String]

    init(_ names: [String]) {
        homes = names.map { Home(path: $0) }.filter(\.holdsChain)
        files = names.filter { !Home(path: $0).holdsChain }
    }

    func chain() throws(CommandError) -> ObservedChain {
        guard homes.count <= 1 else {
            throw CommandError(.badInput, "--consumer names several homes: observe one chain at a time")
        }
        var documents: [JSONValue] = []
        for file in files {
            let bytes = try InputFile.bytes(file)
            do throws(CometBFTError) {
                documents.append(try JSONValue(rpc: bytes))
            } catch {
                throw CommandError(.badInput, "\(file) is neither a home nor JSON: \(error.message)", cause: error)
            }
        }
        let context = files.joined(separator: ", ")
        guard let home = homes.first else {
            do throws(SandboxError) {
                return try ObservedChain(documents: documents)
            } catch {
                throw CommandError(error).adding(context: context)
            }
        }
        let store = try home.openForReading().store
        var chain = try CommandError.wrapping { try ObservedChain(home: store) }
        do throws(SandboxError) {
            try chain.read(documents)
        } catch {
            throw CommandError(error).adding(context: context)
        }
        return chain
    }
}
