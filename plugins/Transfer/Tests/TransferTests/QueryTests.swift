import IBC
import ModuleKit
import ModuleTesting
import Testing
import TransferEvents

@Suite("Queries")
struct QueryTests {
    let alice = Address.named("alice")

    @Test("Traces come in pages, each once")
    func tracePages() throws {
        let hub = try TransferChain("hub-1")
        let (here, there) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        for number in 0..<5 {
            let data = hub.data(denom: "token\(number)", to: hub.text(alice))
            #expect(try hub.receive(data, from: there, at: here, sequence: UInt64(number) + 1).isSuccess)
        }
        var found: [String] = []
        var start = ""
        repeat {
            let page = try hub.harness.query(
                .with {
                    $0.traces.startDenomination = start
                    $0.traces.limit = 2
                }
            ).traces
            #expect(page.traces.count <= 2)
            found += page.traces.map(\.base)
            start = page.nextDenomination
        } while !start.isEmpty
        #expect(found.sorted() == ["token0", "token1", "token2", "token3", "token4"])
    }

    @Test("An escrow shows what a channel holds, page by page, and the total what all hold")
    func escrows() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom,100uosmo")])
        let (one, _) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        let (two, _) = try hub.connect(to: try TransferChain("third-1", firstChannel: 7))
        for (coin, end) in [("1uatom", one), ("2uosmo", one), ("4uatom", two)] {
            _ = try hub.send(coin, through: end, from: alice, to: "osmo1x")
        }
        let first = try hub.harness.query(
            .with {
                $0.escrow.channelID = "channel-0"
                $0.escrow.limit = 1
            }
        ).escrow
        #expect(first.tokens.map(\.denom) == ["uatom"])
        #expect(first.nextDenomination == "uosmo")
        let rest = try hub.harness.query(
            .with {
                $0.escrow.channelID = "channel-0"
                $0.escrow.startDenomination = first.nextDenomination
            }
        ).escrow
        #expect(rest.tokens.map(\.denom) == ["uosmo"])
        #expect(rest.nextDenomination.isEmpty)
        #expect(try hub.harness.query(.with { $0.escrowTotal.denomination = "uatom" }).escrowTotal.amount == "5")
    }

    @Test("Questions about nothing, and about what nobody knows, are errors")
    func errors() throws {
        let hub = try TransferChain("hub-1")
        let code = { (query: TransferQuery) in
            #expect(throws: ModuleError.self) { try hub.harness.query(query) }?.code
        }
        #expect(code(TransferQuery()) == .invalidArgument)
        #expect(code(.with { $0.trace.denomination = "ibc/ABC" }) == .unknownTrace)
        #expect(code(.with { $0.denomination.path = "transfer/channel-0/" }) == .invalidTransferDenomination)
        #expect(code(.with { $0.escrow.channelID = "no channel" }) == .malformedTransfer)
    }

    @Test("Every event and every stored value is described, and every kind is listed")
    func vocabulary() throws {
        let descriptors = try Google_Protobuf_FileDescriptorSet(serializedBytes: TransferEvent.descriptorSet)
        let file = try #require(descriptors.file.first { $0.name == "transfer.proto" })
        let event = try #require(file.messageType.first { $0.name == "Event" })
        let fields = event.field.map { "\($0.number) \($0.name)" }
        #expect(TransferEvent.kinds.map { "\($0.number) \($0.name)" } == fields)
        #expect(TransferEvent.kinds.filter { $0.privilege != nil }.map(\.name) == ["voucher_minted"])
    }
}
