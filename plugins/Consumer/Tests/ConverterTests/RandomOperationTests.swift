import ControlChannel
import Converter
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

/// Random packets, acknowledgements, timeouts, caps, prices and blocks. The harness checks the invariants after each
/// step, and replays every block.
@Suite("Random operations")
struct RandomOperationTests {
    private static let users = ["osmo1alice", "osmo1bob", "osmo1carol", "osmo1dave"]

    /// The provider's book, as far as a packet that was acknowledged with a success tells it.
    private struct Book {
        var pledges: [String: UInt64] = [:]
        var handedBack: [String: UInt64] = [:]
    }

    @Test("Whatever happens in whatever order, each pledge is what the acknowledged packets make it", arguments: 0..<4)
    func book(run: Int) throws {
        var random = SplitMix64(seed: try TestSeed.next() &+ UInt64(run))
        let chain = try ConsumerChain.paired(cap: 1000)
        var book = Book()
        var open: [Ibc_Core_Channel_V1_Packet] = []
        var cap = 1000
        for _ in 0..<150 {
            let user = Self.users.randomElement(using: &random) ?? ""
            let number = Int.random(in: 1...3, using: &random)
            let amount = UInt64.random(in: 0...40, using: &random)
            let key = "\(user)/\(number)"
            let held = book.pledges[key] ?? 0
            switch Int.random(in: 0..<12, using: &random) {
            case 0..<4:
                guard try chain.stake("\(amount)", by: user, at: number) == .done else { break }
                #expect(cap > 0)
                book.pledges[key] = held + amount
            case 4..<6:
                let isDone = try chain.unstake("\(amount)", by: user, at: number) == .done
                #expect(isDone == (amount > 0 && amount <= held))
                if isDone { book.pledges[key] = held - amount }
            case 6:
                #expect(try chain.burn("\(amount)", of: user, at: number) == .done)
                book.pledges[key] = held - min(held, amount)
            case 7:
                cap = Bool.random(using: &random) ? 0 : 1000
                try chain.setCap(Amount(UInt128(cap)))
            case 8: try chain.setPrice(["0", "0.5", "1", "3"].randomElement(using: &random) ?? "1")
            case 9: try chain.settle(&open, &random)
            case 10: try chain.setClientFrozen(Bool.random(using: &random))
            default:
                let sent = try chain.harness.nextBlock(after: .seconds(UInt32.random(in: 1...90, using: &random)))
                    .sentPackets
                open += sent
                for event in try chain.handedBack(in: sent, unless: &book.handedBack) {
                    book.pledges[event.key, default: 0] -= event.amount
                }
            }
            try chain.expect(book.pledges, of: Self.users)
        }
    }
}

extension ConsumerChain {
    /// Has one of the packets under way acknowledged, refused or timed out.
    fileprivate func settle(_ open: inout [Ibc_Core_Channel_V1_Packet], _ random: inout SplitMix64) throws {
        guard !open.isEmpty else { return }
        let packet = open.remove(at: Int.random(in: 0..<open.count, using: &random))
        switch Int.random(in: 0..<3, using: &random) {
        case 0: try acknowledge(packet)
        case 1: try acknowledge(packet, #"{"error":"no"}"#)
        default: try timeOut(packet)
        }
    }

    /// What packets hand back that were not sent before: notices that are sent again say so by their attempts.
    fileprivate func handedBack(in packets: [Ibc_Core_Channel_V1_Packet], unless seen: inout [String: UInt64]) throws
        -> [(key: String, amount: UInt64)]
    {
        let known = try notices
        var found: [(String, UInt64)] = []
        for packet in packets {
            guard let handBack = try packet.handBack,
                known.first(where: { $0.sequence == packet.sequence })?.notice.attempts == 1,
                let number = (1...3).first(where: { validator($0) == handBack.validator })
            else { continue }
            let amount = UInt64(clamping: handBack.invertedAmount.amount.units)
            seen["\(handBack.delegator)/\(number)", default: 0] += amount
            found.append(("\(handBack.delegator)/\(number)", amount))
        }
        return found
    }

    fileprivate func expect(_ pledges: [String: UInt64], of users: [String]) throws {
        for number in 1...3 {
            var sum: UInt64 = 0
            for user in users {
                let expected = pledges["\(user)/\(number)"] ?? 0
                sum += expected
                #expect(try pledge(user, at: number) == "\(expected)")
            }
            #expect(try pledged(number) == "\(sum)")
        }
    }
}
