import Foundation
import Testing

/// A home whose chain governance decides for: proposals are voted on for a minute.
///
/// Its two validators, `validator` and `validator-2`, have 100,000 million umesh bonded each; alice has 100 million, bonds
/// none of them, and proposes.
struct GovernedChain {
    static let deposit = ["--deposit", "10000000umesh"]

    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        try folder.succeed("keys", "add", "alice", "--recover", TestFolder.aliceSeed)
        let time = ["--genesis-time", "2026-01-01T00:00:00Z"]
        #expect(try folder.run(["init", "--validators", "2", "--voting-period", "60s"] + time).exitCode == 0)
        try folder.succeed("tx", "send", "alice", "100000000umesh", "--from", "validator")
    }

    /// Runs `meshd gov`.
    func gov(_ arguments: [String]) throws -> Outcome { try folder.run(["gov"] + arguments) }

    /// Alice submits a proposal with the whole deposit, which has to succeed.
    func submit(_ arguments: String..., at location: SourceLocation = #_sourceLocation) throws {
        let outcome = try gov(["submit"] + arguments + ["--from", "alice"] + Self.deposit)
        try #require(outcome.exitCode == 0, "\(arguments): \(outcome.errors)", sourceLocation: location)
    }

    /// Votes, which has to succeed.
    func vote(_ arguments: String..., from voter: String, at location: SourceLocation = #_sourceLocation) throws {
        let outcome = try gov(["vote"] + arguments + ["--from", voter])
        try #require(outcome.exitCode == 0, "\(arguments): \(outcome.errors)", sourceLocation: location)
    }

    /// A proposal, as `gov show` has it for programs.
    func show(_ number: Int) throws -> JSON {
        try folder.succeed("gov", "show", "\(number)", "--output", "json").json
    }

    /// Lets a minute pass in one block, and then makes a second block.
    func endVoting() throws { try folder.pass("60s") }
}

extension TestFolder {
    /// Lets so much time pass in one block, and then makes two more blocks.
    func pass(_ span: String, home: String? = nil) throws {
        let lines = [
            "{\"advance\":\"\(span)\"}", "{\"end_block\":true}", "{\"end_block\":true}", "{\"end_block\":true}",
        ]
        let place = home.map { ["--home", $0] } ?? []
        let outcome = try run(["run"] + place, input: lines.joined(separator: "\n") + "\n")
        try #require(outcome.exitCode == 0, "\(outcome.errors)")
    }
}
