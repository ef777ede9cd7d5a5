import ArgumentParser
import Foundation
import MeshAudit

/// Turns over every bit of a small log, one at a time, and fails when one goes unnoticed.
@main
struct MeshFlip: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mesh-flip",
        abstract: "The fault campaign: no damaged byte of a log is accepted in silence.",
        subcommands: [Campaign.self, Child.self],
        defaultSubcommand: Campaign.self
    )
}

extension MeshFlip {
    /// The parent: makes a small chain and lets children look at its damaged copies.
    struct Campaign: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "run", abstract: "Carry the campaign out.")

        @Option(help: "How many bytes to try, chosen by the seed; all without it.")
        var sample: Int?

        @Option(help: "Decides which bytes and bits are chosen.")
        var seed: UInt64 = 1

        @Option(help: "How many blocks the chain has.")
        var blocks = 10

        @Option(help: "How many transfers a block has.")
        var transfers = 3

        @Option(help: "How many children look at once.")
        var concurrency = 2

        func run() throws {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-flip-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let home = folder.appendingPathComponent("home").path
            var chain = try SampleChain(at: home)
            for _ in 0..<blocks { try chain.block(transferCount: transfers) }
            try chain.close()

            var campaign = FlipCampaign(
                home: home,
                executable: CommandLine.arguments.first.map { Bundle.main.executablePath ?? $0 } ?? "",
                arguments: ["child", "{home}", "{scratch}"],
                scratch: folder.path,
                selection: sample.map { .sample($0) } ?? .everyByte,
                seed: seed
            )
            campaign.concurrency = concurrency
            let report = try campaign.run { progress in
                if progress.completed % 1_000 == 0 || progress.completed == progress.total {
                    FileHandle.standardError.write(Data("\(progress.completed) of \(progress.total) flips\n".utf8))
                }
            }
            print("\(report.count) flips, seed \(seed)\n\(report)")
            for fatal in report.fatal { print("FATAL \(fatal)") }
            if !report.isSound { throw ExitCode.failure }
        }
    }

    /// The side that may die.
    struct Child: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "child",
            abstract: "Look at damaged copies of a home; driven by lines on standard input.",
            shouldDisplay: false
        )

        @Argument(help: "The folder of the chain; never written to.")
        var home: String

        @Argument(help: "An existing folder for the copy.")
        var scratch: String

        func run() throws {
            try FlipChild(home: home, scratch: scratch, registry: try SampleChain.registry()).run()
        }
    }
}
