import CometBFT
import Foundation
import MeshHost
import MeshSandbox
import Storage
import Testing

@testable import meshd

/// `meshd observe`, on the homes of a pairing.
@Suite("meshd observe")
struct ObserveTests {
    let chains: PairedChains

    init() throws { chains = try PairedChains() }

    private func observe(_ more: String...) throws -> Outcome {
        try chains.folder.run(
            ["observe", "--consumer", chains.consumer, "--provider", chains.folder.home.path, "--key", "alice"] + more
        )
    }

    /// A file with two votes of the consumer's first validator.
    private func votes() throws -> String {
        try chains.folder.write("heard.json", try chains.conflictingVotes().text())
    }

    @Test("finds nothing in an honest home")
    func findsNothing() throws {
        let outcome = try observe()
        #expect(outcome.exitCode == 0 && outcome.output.contains("nothing can be held against"))
    }

    @Test("proves a double vote that somebody heard, in a block of the provider, and skips it afterwards")
    func proves() throws {
        let votes = try votes()
        let outcome = try observe("--consumer", votes, "--output", "json")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let findings = try outcome.json["findings"].elements
        #expect(findings.map { $0["status"].text } == ["proven"])
        #expect(findings.map { $0["kind"].text } == ["duplicate vote"])
        #expect(findings[0]["told"].text == chains.pairing.externalStaking)
        #expect(findings[0]["validators"][0].text.count == 40)
        let again = try observe("--consumer", votes)
        #expect(again.exitCode == 0 && again.output.contains("known: it was proven before"))
    }

    @Test("says of each finding that is too old that it is, goes on with the others, and ends well")
    func tooOld() throws {
        let votes = try votes()
        let late = try observe("--consumer", votes, "--block-interval", "8760h", "--output", "json")
        #expect(late.exitCode == 0, "\(late.errors)")
        let findings = try late.json["findings"].elements
        #expect(findings.map { $0["status"].text } == ["too_old"])
        #expect(findings[0]["reason"].text.contains("could be proven until"))
        #expect(findings[0]["told"].text == chains.pairing.externalStaking)
        // Nothing was submitted, so the provider's next block is as near as ever.
        let forged = try chains.folder.write("forged.json", try chains.conflictingVotes(isForged: true).text())
        let both = try observe("--consumer", votes, "--consumer", forged, "--block-interval", "8760h")
        #expect(both.exitCode == 1 && both.output.contains("too old") && both.output.contains("not proven"))
        #expect(try observe("--consumer", votes).output.contains("proven"))
    }

    @Test("makes a slash whose history is read from its block on")
    func startsHistory() throws {
        func view<Result>(_ body: (ChainView) throws -> Result) throws -> Result {
            let reader = try Home(path: chains.folder.home.path).openForReading()
            return try body(try ChainView(reader))
        }
        #expect(try view { try $0.firstSlashingEvent() } == nil)
        #expect(try observe("--consumer", try votes()).exitCode == 0)
        try view { chain in
            let log = chain.host.store.log
            let last = chain.host.lastHeader.height
            for height in 1...last {
                let (header, events) = (try #require(try log.header(at: height)), try log.sequences(at: height))
                #expect(try chain.firstEvent(since: header.timeNanoseconds) == events?.lowerBound)
                let next = try log.sequences(at: height + 1)?.lowerBound ?? chain.host.lastHeader.eventCount
                #expect(try chain.firstEvent(since: header.timeNanoseconds + 1) == next)
            }
            #expect(try chain.firstEvent(since: 0) == 0)
            #expect(try chain.firstSlashingEvent() == log.sequences(at: last)?.lowerBound)
        }
        let shown = try chains.folder.run(["slash", "show", "--home", chains.folder.home.path])
        #expect(shown.exitCode == 0 && shown.output.contains("evidence"), "\(shown.output)")
    }

    @Test("ends with code 1 where something can't be proven, and with 3 for files that show nothing")
    func fails() throws {
        let votes = try votes()
        let alone = try chains.folder.run(
            ["observe", "--consumer", votes, "--provider", chains.folder.home.path, "--key", "alice"]
        )
        #expect(alone.exitCode == 3 && alone.errors.contains("no header is among the documents"))
        let broken = try chains.folder.write("broken.json", "{")
        #expect(try observe("--consumer", broken).exitCode == 3)
        let late = try chains.folder.write("late.json", try chains.conflictingVotes(isForged: true).text())
        let outcome = try observe("--consumer", late)
        #expect(outcome.exitCode == 1 && outcome.output.contains("not proven"))
        let stranger = try chains.folder.run(
            ["observe", "--consumer", chains.consumer, "--provider", chains.folder.home.path, "--key", "nobody"]
        )
        #expect(stranger.exitCode == 3 && stranger.errors.contains("has no key nobody"))
        let nothing = try chains.folder.write("nothing.json", #"{"chain_id": "x"}"#)
        let unread = try observe("--consumer", nothing)
        #expect(unread.exitCode == 3 && unread.errors.contains("nothing.json: a document can't be read"))
        let same = try observe("--consumer", chains.folder.home.path + "/.")
        #expect(same.exitCode == 2 && same.errors.contains("are the same home"), "\(same.errors)")
    }
}
