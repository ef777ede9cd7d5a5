import IBC
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing
import TransferEvents

@Suite("Genesis")
struct GenesisTests {
    let alice = Address.named("alice")
    let atom = "ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2"

    func traces(of chain: TransferChain) throws -> [String] {
        try chain.harness.query(.with { $0.traces = .init() }).traces.traces.map { "\($0.denomination) \($0.path)" }
    }

    @Test("Traces are read in the layouts of old and new chains")
    func layouts() throws {
        let old: JSONValue = [
            "port_id": "transfer",
            "denom_traces": [["path": "transfer/channel-0", "base_denom": "uatom"]],
            "params": ["send_enabled": true, "receive_enabled": true],
            "total_escrowed": [],
        ]
        let new: JSONValue = [
            "port_id": "transfer",
            "denoms": [["base": "uatom", "trace": [["port_id": "transfer", "channel_id": "channel-0"]]]],
        ]
        for section in [old, new] {
            let chain = try TransferChain("hub-1", sections: [("transfer", section)])
            #expect(try traces(of: chain) == ["\(atom) transfer/channel-0/uatom"])
            try chain.finish()
        }
    }

    @Test(
        "What can't be carried over is reported: switches, and escrows of unknown channels",
        arguments: [
            ("params", #"{"send_enabled":true,"receive_enabled":false}"#, "receive_enabled"),
            ("total_escrowed", #"[{"denom":"uatom","amount":"5"}]"#, "total_escrowed"),
            ("escrowed", #"[{"channel_id":"channel-0","denom":"uatom","amount":"5"}]"#, "escrowed"),
            ("novelty", "1", "novelty"),
        ]
    )
    func reported(name: String, json: String, expected: String) throws {
        var section = JSONObject()
        section["port_id"] = "transfer"
        section[name] = try JSONValue(parsing: json)
        let error = #expect(throws: HarnessError.self) {
            try TransferChain("hub-1", sections: [("transfer", .object(section))])
        }
        #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
    }

    @Test(
        "A section that contradicts itself is refused",
        arguments: [
            #"{"port_id":"other"}"#, "{}",
            #"{"port_id":"transfer","denom_traces":[{"path":"nowhere","base_denom":"uatom"}]}"#,
            #"{"port_id":"transfer","denom_traces":[{"path":"transfer/channel-0","base_denom":"uatom"},"#
                + #"{"path":"transfer/channel-0","base_denom":"uatom"}]}"#,
            #"{"port_id":"transfer","escrowed":[],"total_escrowed":[{"denom":"uatom","amount":"5"}]}"#,
        ]
    )
    func contradictions(json: String) throws {
        let section = try JSONValue(parsing: json)
        #expect(throws: HarnessError.self) { try TransferChain("hub-1", sections: [("transfer", section)]) }
    }

    @Test("The export says which channel holds what, and where vouchers came from")
    func export() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let zone = try TransferChain("zone-1", firstChannel: 0)
        let (here, _) = try hub.connect(to: zone)
        #expect(try zone.receive(hub.send("30uatom", through: here, from: alice, to: zone.text(alice))).isSuccess)
        let section = try hub.harness.exportGenesis()["transfer"]
        #expect(try section["escrowed"][0]["channel_id"].string() == "channel-0")
        #expect(try section["total_escrowed"].coins() == Coins("30uatom"))
        let exported = try zone.harness.exportGenesis()["transfer"].required()
        let copy = try TransferChain("zone-2", sections: [("transfer", exported)])
        #expect(try traces(of: copy) == traces(of: zone))
        #expect(try copy.harness.exportGenesis()["transfer"].required() == exported)
    }

    /// A chain with a known channel, and a section that says that the channel holds tokens.
    func chain(holding amount: Int, balance: Int, total: Int = 5) throws -> TransferChain {
        let end = ChannelEndID(port: .transfer, channel: ChannelID(number: 3))
        let escrow = try Address(bytes: EscrowAccount.address(of: end))
        let section: JSONValue = [
            "port_id": "transfer",
            "escrowed": [["channel_id": "channel-3", "denom": "uatom", "amount": .string("\(amount)")]],
            "total_escrowed": [["denom": "uatom", "amount": .string("\(total)")]],
        ]
        return try TransferChain(
            "hub-1",
            balances: [(escrow, "\(balance)uatom")],
            sections: [("switchboard", [SwitchboardChannel.transfer("channel-3").json]), ("transfer", section)]
        )
    }

    @Test("The escrow of a channel that lives on is carried over, and gives back what it held")
    func escrow() throws {
        let chain = try chain(holding: 5, balance: 5)
        let here = ChannelEndID(port: .transfer, channel: ChannelID(number: 3))
        let there = ChannelEndID(port: .transfer, channel: ChannelID(number: 7))
        #expect(try chain.escrowed(here) == ["5uatom"])
        let data = chain.data(denom: "\(there)/uatom", amount: "4", to: chain.text(alice))
        #expect(try chain.receive(data, from: there, at: here).isSuccess)
        #expect(try chain.balance(alice) == "4")
        #expect(try chain.escrowBalance(here) == "1")
        try chain.finish()
    }

    @Test("An escrow that the bank does not cover, or that adds up to something else, is refused")
    func wrongEscrow() throws {
        #expect(throws: HarnessError.self) { try chain(holding: 5, balance: 4) }
        #expect(throws: HarnessError.self) { try chain(holding: 5, balance: 5, total: 6) }
        #expect(throws: HarnessError.self) { try chain(holding: 0, balance: 5) }
    }
}
