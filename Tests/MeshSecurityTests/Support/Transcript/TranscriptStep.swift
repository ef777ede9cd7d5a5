extension Transcript {
    /// One operation, and what came of it; or a note, which is nothing but a text.
    struct Step: Decodable {
        let note: String?
        let op: String?
        let args: Arguments?
        /// Why the operation failed; nil when it did not.
        let error: String?
        /// The acknowledgement that receiving a packet led to.
        let ack: String?
        let packets: [SentPacket]?
        /// What has changed; nil when nothing has.
        let state: State?
    }

    /// What an operation is told. Which of it is there depends on the operation.
    struct Arguments: Decodable {
        let user: String?
        let amount: UInt64?
        let validator: String?
        let denom: String?
        /// Who sent the packet: `p` or `c`.
        let side: String?
        let seq: UInt64?
        /// Which consumer; the first where nothing is said.
        let c: Int?
        let seconds: UInt64?
        let price: String?
        let sender: String?
        let recipient: String?
        let ratio: String?
        let tombstone: Bool?
        let power: UInt64?
        let additions: [String]?
        let removals: [String]?
        let updated: [String]?
        let jailed: [String]?
        let unjailed: [String]?
        let tombstoned: [String]?
        let msg: RawMessage?
    }

    /// A message to one of the contracts, as it is.
    struct RawMessage: Decodable {
        struct Restake: Decodable {
            let srcValidator: String
            let dstValidator: String
        }

        struct Nothing: Decodable {}

        struct Vote: Decodable {
            let proposalId: UInt64
        }

        let restake: Restake?
        let releaseUnbonded: Nothing?
        let vote: Vote?
    }

    /// A packet that was sent in a step: `[side, sequence, data]`.
    struct SentPacket: Decodable {
        let side: String
        let sequence: UInt64
        let data: String

        init(from decoder: any Decoder) throws {
            var fields = try decoder.unkeyedContainer()
            side = try fields.decode(String.self)
            sequence = try fields.decode(UInt64.self)
            data = try fields.decode(String.self)
        }
    }
}
