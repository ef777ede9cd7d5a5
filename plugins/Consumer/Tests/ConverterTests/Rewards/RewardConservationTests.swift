import Converter
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

/// Random collections, routes, acknowledgements, errors and timeouts. The harness checks the invariants after each step, and
/// replays every block.
@Suite("Nothing of rewards is ever lost or made")
struct RewardConservationTests {
    /// What the provider has, as far as what it has taken tells it.
    private struct Provider {
        /// By validator: what came with a memo, or was announced after it had arrived, or as held.
        var told: [Int: UInt64] = [:]
        /// Tokens that have arrived without a word, less those that announcements were covered by.
        var unattributed: UInt64 = 0
        var held: UInt64 = 0
        var paid: UInt64 = 0

        /// Takes a batch as External Staking does: out of unattributed tokens where there are any, else as held.
        mutating func take(_ packet: Ibc_Core_Channel_V1_Packet, of chain: RewardChain) throws {
            let text = packet.isTransfer ? try packet.tokens.memo : packet.text
            let parts = chain.parts(in: text)
            let sum = parts.reduce(0) { $0 + $1.1 }
            for (number, amount) in parts { told[number, default: 0] += amount }
            if packet.isTransfer {
                if parts.isEmpty { unattributed += try UInt64(packet.tokens.amount) }
            } else if unattributed > 0 {
                #expect(unattributed >= sum, "an announcement is covered in full, or not at all")
                unattributed -= min(sum, unattributed)
            } else {
                held += sum
            }
        }
    }

    @Test(
        "Whatever the routes and whatever comes back, in the end each validator's part has arrived once",
        arguments: 0..<4
    )
    func conserved(run: Int) throws {
        var random = SplitMix64(seed: try TestSeed.next() &+ UInt64(run))
        let scene = try RewardChain(RewardChain.route("held"))
        var provider = Provider()
        var collected: [Int: UInt64] = [:]
        var open: [Ibc_Core_Channel_V1_Packet] = []
        for step in 0..<160 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<3:
                let (number, amount) = (
                    Int.random(in: 1...3, using: &random), UInt64.random(in: 1...999, using: &random)
                )
                try scene.collect(amount, at: number)
                collected[number, default: 0] += amount
            case 3: try scene.use(RewardChain.route(Self.routes.randomElement(using: &random) ?? "held"))
            case 4: try scene.chain.setClientFrozen(Bool.random(using: &random))
            case 5:
                let amount = UInt64.random(in: 1...500, using: &random)
                let isDone = try scene.pay("\(amount)", to: scene.text(.named("alice")), UInt64(step)) == .done
                #expect(isDone == (amount <= provider.held - provider.paid))
                if isDone { provider.paid += amount }
            case 6..<8 where !open.isEmpty:
                let packet = open.remove(at: Int.random(in: 0..<open.count, using: &random))
                switch Int.random(in: 0..<3, using: &random) {
                case 0: try scene.refuse(packet)
                case 1: try scene.chain.timeOut(packet)
                default:
                    try provider.take(packet, of: scene)
                    try scene.chain.acknowledge(packet)
                }
            default: open += try scene.next(after: .seconds(UInt32.random(in: 1...90, using: &random)))
            }
        }
        // In the end all goes well: what is left arrives.
        try scene.chain.setClientFrozen(false)
        try scene.use(RewardChain.route(Self.routes.randomElement(using: &random) ?? "held"))
        for _ in 0..<24 {
            for packet in open {
                try provider.take(packet, of: scene)
                try scene.chain.acknowledge(packet)
            }
            open = try scene.next(after: .days(1))
        }
        let totals = try scene.totals
        #expect(provider.told == collected)
        #expect(provider.unattributed == 0 && totals.waiting == "0" && totals.batched == "0" && totals.arrived == "0")
        #expect(totals.held == "\(provider.held - provider.paid)" && totals.paid == "\(provider.paid)")
        #expect(try scene.balance(.named("alice")) == provider.paid)
    }

    private static let routes = ["held", "ics20-memo", "ics20-control"]
}

extension RewardChain {
    /// Whose rewards a text tells of, and how much.
    fileprivate func parts(in text: String) -> [(Int, UInt64)] {
        (1...3).compactMap { number in
            let mark = #""validator":"\#(validator(number))","reward":""#
            guard let range = text.firstRange(of: mark) else { return nil }
            return UInt64(text[range.upperBound...].prefix { $0.isNumber }).map { (number, $0) }
        }
    }
}
