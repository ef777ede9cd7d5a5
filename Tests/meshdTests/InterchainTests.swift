import CometBFT
import Foundation
import ICS23
import Testing

@Suite("meshd between two chains")
struct InterchainTests {
    @Test("The client, the connection and the channel of the other chain are listed, and shown one by one")
    func listed() throws {
        let folder = try ConnectedChains().folder
        let client = try folder.succeed("query", "clients", "--output", "json").json["clients"][0]
        #expect(client["client_id"].text == "07-tendermint-0")
        #expect(client["chain_id"].text == "hub-1")
        #expect(client["status"].text == "active")
        #expect(client["latest_height"].text.hasPrefix("1-"))
        #expect(client["trusting_period_seconds"].number == 14 * 86_400)
        #expect(client["trust_level"].text == "1/3")
        let one = try folder.succeed("query", "client", "07-tendermint-0", "--output", "json").json
        #expect(one["client_state"].text == client["client_state"].text)

        let connection = try folder.succeed("query", "connections", "--output", "json").json["connections"][0]
        #expect(connection["state"].text == "open")
        #expect(connection["chain_id"].text == "hub-1")
        #expect(connection["counterparty"]["connection_id"].text == "connection-0")
        #expect(connection["counterparty"]["prefix"].text == "state")

        let channel = try folder.succeed("query", "channels", "--output", "json").json["channels"][0]
        #expect(channel["state"].text == "open")
        #expect(channel["ordering"].text == "unordered")
        #expect(channel["version"].text == "ics20-1")
        #expect(channel["counterparty"]["channel_id"].text == "channel-0")
        #expect(channel["next_sequence_send"].number == 1)
        let shown = try folder.succeed("query", "channel", "transfer", "channel-0", "--output", "json").json
        #expect(shown["chain_id"].text == "hub-1")
        #expect(shown["path"].text == "channelEnds/ports/transfer/channels/channel-0")
    }

    @Test("People read the same in tables", arguments: ["clients", "connections", "channels", "escrow"])
    func tables(_ command: String) throws {
        let folder = try ConnectedChains().folder
        let text = try folder.succeed("query", command).output
        let hints = [
            "clients": "07-tendermint-0  hub-1  active", "connections": "connection-0  open",
            "channels": "transfer/channel-0  open   unordered  ics20-1  transfer/channel-0  connection-0",
            "escrow": "channel-0       –",
        ]
        #expect(text.contains(hints[command] ?? ""), "\(text)")
        #expect(!text.contains("\u{1B}"))
    }

    @Test("A transfer waits in escrow, arrives as a voucher, and goes home again")
    func transfer() throws {
        let chains = try ConnectedChains()
        let folder = chains.folder
        let sent = try folder.succeed(
            "tx",
            "transfer",
            try chains.alice(on: "hub-1"),
            "300umesh",
            "--channel",
            "channel-0",
            "--from",
            "alice",
            "--packet-memo",
            "for you",
            "--output",
            "json"
        ).json
        #expect(sent["events"].elements.contains { $0["kind"].text == "packet_sent" })
        #expect(try chains.balance("umesh") == 999_700)
        let pending = try packet(folder, "1")
        #expect(pending["sent"]["state"].text == "pending")
        #expect(pending["sent"]["commitment"].text.count == 64)
        #expect(try packet(folder, "2")["sent"]["state"].text == "not_sent")
        let escrow = try folder.succeed("query", "escrow", "channel-0", "--output", "json").json["escrows"][0]
        #expect(escrow["tokens"][0]["amount"].text == "300")
        #expect(escrow["address"].text.hasPrefix("mesh1"))

        try chains.relay()
        #expect(try packet(folder, "1")["sent"]["state"].text == "settled")
        let received = try packet(folder, "1", "--home", chains.hub)["received"]
        #expect(received["is_received"].flag == true)
        #expect(received["acknowledgement_hash"].text.count == 64)
        let trace = try folder.succeed("query", "traces", "--home", chains.hub, "--output", "json").json["traces"][0]
        #expect(trace["path"].text == "transfer/channel-0/umesh")
        #expect(trace["supply"].text == "300")
        let voucher = trace["denomination"].text
        #expect(try chains.balance(voucher, home: chains.hub) == 300)

        try folder.succeed(
            "tx",
            "transfer",
            try chains.alice(on: "mesh-1"),
            "100\(voucher)",
            "--channel",
            "channel-0",
            "--from",
            "alice",
            "--home",
            chains.hub
        )
        try chains.relay()
        #expect(try chains.balance("umesh") == 999_800)
        #expect(try chains.balance(voucher, home: chains.hub) == 200)
        let left = try folder.succeed("query", "escrow", "--output", "json").json["escrows"][0]
        #expect(left["tokens"][0]["amount"].text == "200")
        for home in [folder.home.path, chains.hub] { try folder.succeed("audit", "verify", "--home", home) }
    }

    @Test("A transfer that is not received in time comes back")
    func timeout() throws {
        let chains = try ConnectedChains()
        try chains.folder.succeed(
            "tx",
            "transfer",
            try chains.alice(on: "hub-1"),
            "300umesh",
            "--channel",
            "channel-0",
            "--from",
            "alice",
            "--packet-timeout",
            "1s"
        )
        #expect(try chains.balance("umesh") == 999_700)
        try chains.relay()
        #expect(try chains.balance("umesh") == 1_000_000)
        #expect(try packet(chains.folder, "1")["sent"]["state"].text == "settled")
    }

    @Test("What the chain publishes is shown and asked for by its path, and a stranger verifies it by that path alone")
    func published() throws {
        let chains = try ConnectedChains()
        let folder = chains.folder
        let text = "channelEnds/ports/transfer/channels/channel-0"
        let entries = try folder.succeed("query", "state", "interchain", "channels", "--output", "json").json["entries"]
        #expect(entries[0]["path"].text == text)
        #expect(try folder.succeed("query", "state", "interchain", "channels").output.contains(text + "  "))
        let start = ["query", "state", "interchain", "channels", "--output", "json", "--start"]
        #expect(try folder.answer(start + [text])["entries"].elements.count == 1)
        #expect(try folder.answer(start + [text + "9"])["entries"].elements.isEmpty)

        let question = ["query", "proof", "--output", "json"]
        let height = try #require(try folder.succeed("query", "block", "--output", "json").json["height"].number)
        let printed = try folder.answer(question + ["--path", text, "--height", "\(height - 1)"])
        #expect(printed["path_text"].elements.map(\.text) == ["state", text])
        #expect(printed["value"].text == entries[0]["value"].text)
        for key in [text, entries[0]["key"].text] {
            let same = try folder.answer(question + ["interchain", "channels", key, "--height", "\(height - 1)"])
            #expect(same["proof"].text == printed["proof"].text)
        }

        let commit = try folder.succeed("query", "commit", "\(height)", "--output", "json").output
        let header = try CommitResponse(json: Array(commit.utf8)).signedHeader.header
        let proof = try MerkleProof(decoding: Array(try #require(Data(base64Encoded: printed["proof"].text))))
        let value = try #require(printed["value"].text.bytesOfDigits)
        try proof.verifyMembership(
            specs: [.smt, .tendermint],
            root: header.appHash,
            path: MerklePath(keys: [Array("state".utf8), Array(text.utf8)]),
            value: value
        )
        let absent = try folder.answer(question + ["--path", text + "9"])
        #expect(absent["value"].isNull)
        #expect(absent["path_text"][1].text == text + "9")
    }

    private func packet(_ folder: TestFolder, _ sequence: String, _ further: String...) throws -> JSON {
        try folder.answer(["query", "packet", "transfer", "channel-0", sequence, "--output", "json"] + further)
    }
}

@Suite("meshd of a chain without channels")
struct UnconnectedTests {
    @Test("Lists are empty, and say so")
    func empty() throws {
        let folder = try TestFolder.withChain()
        for list in ["clients", "connections", "channels", "traces"] {
            #expect(try folder.succeed("query", list, "--output", "json").json[list].elements.isEmpty)
            #expect(try folder.succeed("query", list).output.split(separator: "\n").count == 1)
        }
        #expect(try folder.succeed("query", "escrow", "--output", "json").json["escrows"].elements.isEmpty)
    }

    @Test("A transfer's packet times out so long after the last block as was said, at a height as well if one was")
    func message() throws {
        let folder = try TestFolder.withChain()
        let common = ["tx", "transfer", "hub1xyz", "5umesh", "--channel", "channel-7", "--from", "alice"]
        func send(_ arguments: String...) throws -> JSON {
            let unsigned = try folder.run(common + arguments + ["--generate-only"]).output
            let shown = try folder.succeed("tx", "show", "-", "--output", "json", input: unsigned).json
            #expect(shown["requests"][0]["instance"].text == "transfer")
            return shown["requests"][0]["message"]["transfer"]
        }
        // The last block stands five seconds after the genesis, which is at the start of 2026.
        let last = 1_767_225_605
        let usual = try send()
        #expect(usual["source_channel"].text == "channel-7")
        #expect(usual["receiver"].text == "hub1xyz")
        #expect(usual["token"]["amount"].text == "5")
        #expect(usual["timeout_timestamp"].text == "\(last + 600)000000000")
        #expect(usual["timeout_height"]["revision_height"].text.isEmpty)
        let exact = try send(
            "--packet-timeout",
            "90s",
            "--packet-timeout-height",
            "1-500",
            "--packet-memo",
            "hello",
            "--memo",
            "other"
        )
        #expect(exact["timeout_timestamp"].text == "\(last + 90)000000000")
        #expect(exact["timeout_height"]["revision_number"].text == "1")
        #expect(exact["timeout_height"]["revision_height"].text == "500")
        #expect(exact["memo"].text == "hello")
        #expect(["", "0"].contains(try send("--timeout", "0")["timeout_timestamp"].text))
    }

    @Test(
        "What names nothing is refused, with the code for bad input or for wrong usage",
        arguments: [
            ("query client 07-tendermint-0", Int32(3)), ("query client x", 3), ("query channel transfer channel-0", 3),
            ("query channel transfer a/b", 3), ("query packet transfer channel-0 1", 3),
            ("query packet transfer channel-0 one", 2), ("query escrow channel-0", 3), ("query proof", 2),
            ("query proof bank", 2), ("query proof bank balances --path a/b", 2), ("query proof bank balances a/b", 3),
            ("query proof interchain channels", 3), ("query proof interchain channels 0041", 3),
            ("query proof interchain channels 4", 3), ("query state bank balances --start a/b", 3),
            ("tx transfer hub1xyz 5umesh --channel channel-0 --from alice", 1),
            ("tx transfer hub1xyz 5 --channel channel-0 --from alice", 3),
            ("tx transfer hub1xyz 5umesh --from alice", 2),
            ("tx transfer hub1xyz 5umesh --channel channel-0 --from alice --packet-timeout-height 7", 2),
            ("tx transfer hub1xyz 5umesh --channel channel-0 --from alice --packet-timeout soon", 2),
        ]
    )
    func refused(_ command: String, _ code: Int32) throws {
        let folder = try TestFolder.withChain()
        let outcome = try folder.run(command.split(separator: " ").map(String.init))
        #expect(outcome.exitCode == code, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
    }
}

extension TestFolder {
    /// The document that a command prints, which has to end well.
    fileprivate func answer(_ arguments: [String]) throws -> JSON {
        let outcome = try run(arguments)
        try #require(outcome.exitCode == 0, "\(arguments): \(outcome.errors)")
        return try outcome.json
    }
}

extension String {
    /// The bytes that hexadecimal digits stand for.
    fileprivate var bytesOfDigits: [UInt8]? {
        let digits = compactMap(\.hexDigitValue)
        guard digits.count == count, count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
