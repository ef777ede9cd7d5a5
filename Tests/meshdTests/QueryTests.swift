import Foundation
import Testing

@Suite("meshd query, log and export")
struct QueryTests {
    @Test(
        "Every question is answered in text, and in JSON that another reader can read",
        arguments: [
            "query account alice", "query validators", "query validator validator", "query supply",
            "query supply umesh",
            "query instances", "query instance bank", "query state bank", "query state host",
            "query state bank balances",
            "query state staking 4", "query clients", "query connections", "query channels", "query traces",
            "query escrow", "query state interchain", "query state interchain channels",
            "query proof --path channelEnds/ports/transfer/channels/channel-0", "query block", "query block 0",
            "log show 0", "log stats", "audit verify",
            "audit replay", "audit privileges", "audit reexecute", "export", "keys list", "keys show alice",
        ]
    )
    func answered(_ command: String) throws {
        let folder = try TestFolder.withChain()
        let arguments = command.split(separator: " ").map(String.init)
        let text = try folder.run(arguments)
        #expect(text.exitCode == 0, "\(text.errors)")
        #expect(!text.output.isEmpty)
        #expect(!text.output.contains("\u{1B}"), "colours are for terminals")
        let json = try folder.run(arguments + ["--output", "json"])
        #expect(json.exitCode == 0)
        #expect(json.errors.isEmpty)
        _ = try json.json
    }

    @Test("An instance answers questions of its own vocabulary")
    func ask() throws {
        let folder = try TestFolder.withChain()
        let pool = try folder.succeed("query", "ask", "staking", "{\"pool\":{}}").json
        #expect(pool["pool"]["bonded"]["amount"].text == "100000000000")
        #expect(try folder.meshd("query", "ask", "staking", "{\"weather\":{}}").exitCode == 3)
    }

    @Test("The raw entries of a collection come in pages")
    func pages() throws {
        let folder = try TestFolder.withChain()
        let all = try folder.succeed("query", "state", "bank", "balances", "--output", "json").json
        #expect(all["is_complete"].flag == true)
        let keys = all["entries"].elements.map { $0["key"].text }
        #expect(keys == keys.sorted())
        let page = try folder.succeed(
            "query",
            "state",
            "bank",
            "balances",
            "--limit",
            "1",
            "--start",
            keys[1],
            "--output",
            "json"
        ).json
        #expect(page["is_complete"].flag == false)
        #expect(page["entries"].elements.map { $0["key"].text } == [keys[1]])
    }

    @Test("The log's tail is one event a line, without gaps up to the last")
    func tail() throws {
        let folder = try TestFolder.withChain()
        let events = try folder.succeed("log", "tail", "-n", "4", "--output", "json").jsonLines
        let total = try #require(try folder.succeed("log", "stats", "--output", "json").json["events"].number)
        #expect(events.map { $0["sequence"].number } == Array((total - 4)..<total))
        #expect(events.last?["kind"].text == "transaction_executed")
        #expect(try folder.succeed("log", "tail", "-n", "0", "--output", "json").output.isEmpty)
        #expect(try folder.succeed("log", "tail", "-n", "100000", "--output", "json").jsonLines.count == total)
    }

    @Test("An event shows what led to it")
    func causes() throws {
        let folder = try TestFolder.withChain()
        let receipt = try folder.succeed("tx", "delegate", "validator", "5umesh", "--from", "alice", "--output", "json")
            .json
        let delegated = try #require(receipt["events"][0]["sequence"].number)
        let moved = try folder.succeed("log", "show", "\(delegated + 1)", "--output", "json").json
        #expect(moved["instance"].text == "bank")
        #expect(moved["causes"].elements.map { $0["sequence"].number } == [delegated])
        #expect(moved["leaf_hash"].text.count == 64)
    }

    @Test("The statistics add up")
    func statistics() throws {
        let folder = try TestFolder.withChain()
        let stats = try folder.succeed("log", "stats", "--output", "json").json
        let kinds = stats["kinds"].elements
        #expect(kinds.compactMap { $0["events"].number }.reduce(0, +) == stats["events"].number)
        #expect(kinds.compactMap { $0["bytes"].number }.reduce(0, +) == stats["bytes"].number)
        #expect(stats["blocks"].number == 2)
    }

    @Test(
        "What is not there is said to be not there",
        arguments: [
            "query account nobody", "query validator bob", "query instance nowhere", "query state nowhere",
            "query state bank nothing", "query block 99", "query tx 00", "query supply 1", "log show 99999",
            "query tx 0000000000000000000000000000000000000000000000000000000000000000",
        ]
    )
    func missing(_ command: String) throws {
        let folder = try TestFolder.withChain()
        let outcome = try folder.run(command.split(separator: " ").map(String.init))
        #expect(outcome.exitCode == 3, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("error: "))
    }
}
