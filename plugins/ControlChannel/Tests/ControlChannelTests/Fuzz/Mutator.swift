/// Spoils texts in the ways in which JSON gets spoilt: flips, cuts, splices, foreign tokens, and numbers that are too large.
struct Mutator {
    private static let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0061", "\\ud800", "null", "-", "0", "1e9", "18446744073709551616",
        "\"tx_id\":1,", "\"delegator\":\"a\",", "\"rotation\":{},", "\u{0}", "é", " ",
        "340282366920938463463374607431768211456",
    ].map { Array($0.utf8) }

    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// One to four changes. `others` are what may be spliced in.
    mutating func mutate(_ bytes: [UInt8], others: [[UInt8]]) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) { result = change(result, others) }
        return result
    }

    private mutating func change(_ bytes: [UInt8], _ others: [[UInt8]]) -> [UInt8] {
        var result = bytes
        let position = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0 where position < bytes.count:
            result[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1 where position < bytes.count:
            result[position] = UInt8.random(in: 0...255, using: &random)
        case 2:
            result.removeSubrange(position...)
        case 3:
            result.removeSubrange(position..<min(bytes.count, position + Int.random(in: 1...16, using: &random)))
        case 4:
            let other = others.randomElement(using: &random) ?? []
            let start = Int.random(in: 0...other.count, using: &random)
            result.insert(contentsOf: other[start..<Int.random(in: start...other.count, using: &random)], at: position)
        default:
            result.insert(contentsOf: Self.tokens.randomElement(using: &random) ?? [], at: position)
        }
        return result
    }
}
