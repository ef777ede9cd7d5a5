import Foundation
import IBC
import InterchainEvents

/// Which packet of ours stands for which of the reference's: sequences differ where one side sends what the other does not.
struct PacketBook {
    /// A packet by the reference's numbering.
    struct Key: Hashable {
        /// `p` or `c`.
        let side: String
        let consumer: Int
        let sequence: UInt64

        /// Such as `packet p 1`, or `packet p 1 to consumer 2`.
        var name: String { "packet \(side) \(sequence)\(consumer == 0 ? "" : " to consumer \(consumer + 1)")" }
    }

    /// A packet of ours, and what it says in the reference's words.
    struct Sent {
        let side: String
        let consumer: Int
        let packet: Ibc_Core_Channel_V1_Packet
        let text: String

        /// What kind of packet it is, and about which validator, as far as that can be seen in the text.
        var subject: String { Self.subject(of: text) }

        static func subject(of text: String) -> String {
            let kind = text.split(separator: "\"").dropFirst().first ?? ""
            guard let range = text.range(of: "\"validator\":\"") else { return String(kind) }
            return "\(kind) \(text[range.upperBound...].prefix { $0 != "\"" })"
        }
    }

    var packets: [Key: Sent] = [:]
    var acknowledgements: [Key: Data] = [:]
    /// Ours that stand for none of the reference's so far.
    private var unmatched: [Sent] = []

    /// Puts what both have sent in a step side by side.
    ///
    /// - Returns: what ours say, by the names of the reference's. A packet of ours that was sent in an earlier step says so.
    mutating func match(_ ours: [Sent], with theirs: [Transcript.SentPacket], consumer: Int) -> Observation {
        var (rest, left) = (ours, [Key]())
        var seen = Observation()
        let keys = theirs.map { (Key(side: $0.side, consumer: consumer, sequence: $0.sequence), $0.data) }
        for (key, text) in keys {
            guard let index = rest.firstIndex(where: { $0.side == key.side && $0.text == text }) else {
                left.append(key)
                continue
            }
            seen[key.name] = rest[index].text
            packets[key] = rest.remove(at: index)
        }
        for (key, text) in keys where left.contains(key) {
            let subject = Sent.subject(of: text)
            if let index = rest.firstIndex(where: { $0.side == key.side && $0.subject == subject }) {
                seen[key.name] = rest[index].text
                packets[key] = rest.remove(at: index)
            } else if let index = unmatched.firstIndex(where: { $0.side == key.side && $0.subject == subject }) {
                seen[key.name] = "sent before: \(unmatched[index].text)"
                packets[key] = unmatched.remove(at: index)
            }
        }
        unmatched += rest
        seen["further packets"] = rest.map { "\($0.side): \($0.text)" }.joined(separator: "\n")
        return seen
    }
}
