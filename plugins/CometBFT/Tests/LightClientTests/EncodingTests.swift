import CometBFT
import CometBFTTesting
import Foundation
import LightClient
import Testing

@Suite("Stored states")
struct EncodingTests {
    /// An active client with some history, and a frozen one.
    private func clients() throws -> [LightClientState] {
        let rotating = try RotatingChain(height: 12)
        var active = try rotating.client(historyLimit: 50)
        _ = try active.update(to: 12, now: rotating.now, from: ClosureProvider(rotating.chain))
        var chain = TestChain(validators: try TestValidators(0..<3))
        try chain.grow(to: 3)
        var fork = chain
        var frozen = try LightClientState(
            trusting: chain.blocks[0],
            options: VerificationOptions(trustLevel: .twoThirds, trustingPeriod: .nanoseconds(10_000_000_001))
        )
        let now = TestChain.standardStart.adding(seconds: 5)
        _ = try frozen.update(to: 2, now: now, from: ClosureProvider(chain))
        let validators = chain.blocks[0].validators
        try chain.append(appHash: [1])
        try fork.append(appHash: [2])
        try frozen.checkMisbehaviour(
            MisbehaviourReport(
                first: ClientUpdate(block: chain.blocks[3], trustedHeight: 1, trustedValidators: validators),
                second: ClientUpdate(block: fork.blocks[3], trustedHeight: 2, trustedValidators: validators)
            ),
            now: now
        )
        return [active, frozen]
    }

    @Test("A state comes back as it was, and its bytes are the same each time")
    func roundTrips() throws {
        for client in try clients() {
            let bytes = try client.encoded()
            let restored = try LightClientState(encoded: bytes)
            #expect(restored == client)
            #expect(try restored.encoded() == bytes)
        }
    }

    @Test("A truncated state is refused at every length")
    func refusesTruncation() throws {
        let bytes = try clients()[1].encoded()
        for count in stride(from: 0, to: bytes.count, by: 37) {
            #expect(code { _ = try LightClientState(encoded: Array(bytes.prefix(count))) } == .invalidState)
        }
    }

    @Test("Another version, unknown members and trailing bytes are refused")
    func refusesOtherForms() throws {
        let text = String(decoding: try clients()[1].encoded(), as: UTF8.self)
        let changed = [
            text.replacing(#""version":1"#, with: #""version":2"#),
            text.replacing(#""version":1"#, with: #""version":1,"zzz":0"#),
            text.replacing(#""historyLimit":1000"#, with: #""historyLimit":0"#),
            text.replacing(#""historyLimit":1000"#, with: #""historyLimit":1"#),
            text.replacing(#""numerator":2"#, with: #""numerator":4"#),
            text.replacing(#""kind":"fork""#, with: #""kind":"knife""#),
            text.replacing(#""kind":"fork""#, with: #""kind":"timeNotMonotonic""#),
            text + " ",
            " " + text,
            text + text,
        ]
        for text in changed {
            #expect(code { _ = try LightClientState(encoded: Array(text.utf8)) } != nil, "\(text.prefix(200))")
        }
        #expect(code { _ = try LightClientState(encoded: Array(text.utf8)) } == nil)
    }

    @Test("A history that does not end with the latest block is refused")
    func refusesOtherHistories() throws {
        let client = try clients()[0]
        let text = String(decoding: try client.encoded(), as: UTF8.self)
        let start = try #require(text.range(of: #""history":["#)?.upperBound)
        let end = try #require(text.range(of: "]", range: start..<text.endIndex)?.lowerBound)
        let headers = text[start..<end].split(separator: ",")
        #expect(headers.count == client.history.count)
        for changed in [Array(headers.dropLast()), headers.reversed(), headers + headers.suffix(1), []] {
            var other = text
            other.replaceSubrange(start..<end, with: changed.joined(separator: ","))
            #expect(code { _ = try LightClientState(encoded: Array(other.utf8)) } == .invalidState)
        }
    }
}
