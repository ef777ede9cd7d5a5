/// Spoils bytes in the ways in which bytes get spoilt: flips, cuts, splices, insertions, and lengths that promise too much.
public struct Mutator: Sendable {
    private var generator: SeededGenerator

    /// Spoils in the same ways for the same seed.
    public init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// One to four changes of some bytes. `others` are what may be spliced in.
    public mutating func mutate(_ bytes: [UInt8], others: [[UInt8]]) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            result = change(result, others: others)
        }
        return result
    }

    private mutating func change(_ bytes: [UInt8], others: [[UInt8]]) -> [UInt8] {
        var result = bytes
        let position = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<7, using: &generator) {
        case 0 where position < bytes.count:
            result[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1 where position < bytes.count:
            result[position] = UInt8.random(in: 0...255, using: &generator)
        case 2:
            result.removeSubrange(position...)
        case 3:
            let end = min(bytes.count, position + Int.random(in: 1...16, using: &generator))
            result.removeSubrange(position..<end)
        case 4:
            let other = others.randomElement(using: &generator) ?? []
            let start = Int.random(in: 0...other.count, using: &generator)
            let end = Int.random(in: start...other.count, using: &generator)
            result.insert(contentsOf: other[start..<end], at: position)
        case 5:
            // A varint of up to ten bytes: where a length or a number stood, a huge one stands now.
            let bomb = [UInt8](repeating: 0xff, count: Int.random(in: 1...9, using: &generator)) + [0x01]
            result.replaceSubrange(position..<min(bytes.count, position + 1), with: bomb)
        default:
            // One more than a signed number of 64 bits can be: what a text's number becomes when it is read carelessly.
            let digits = Array("9223372036854775808".utf8)
            result.insert(contentsOf: digits, at: position)
        }
        return result
    }
}
