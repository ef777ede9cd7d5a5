import CometBFT
import CometBFTTesting
import IBC
import Testing

/// One of every kind that goes between chains.
extension Artefact {
    init<Value: ProtobufValue>(_ value: Value) {
        self.init("\(Value.self)", value.encoded) { try Value(encoded: $0).encoded }
    }

    init<Value: ProtobufValue>(typed value: Value) {
        self.init("typed \(Value.self)", value.typed) { try Value(typed: $0).typed }
    }

    /// One of every kind that has a protobuf form, and more where there are several shapes.
    static func all() throws -> [Artefact] {
        let fixture = try ClientFixture()
        let header = try fixture.header(5)
        let fork = try fixture.fork(after: 4, to: 5)
        let misbehaviour = try TendermintMisbehaviour(
            client: ClientID(number: 1),
            first: header,
            second: fixture.header(5, of: fork)
        )
        return try [
            Artefact(Height(revision: 4, height: 1)), Artefact(Height.zero),
            Artefact(packet(Timeout(height: Height(revision: 1, height: 5)))),
            Artefact(packet(Timeout(height: Height(revision: 1, height: 5), nanosecondsSince1970: 7))),
            Artefact(Acknowledgement.success), Artefact(Acknowledgement.failure(code: 3)),
            Artefact(channelEnd(.initialized, nil)), Artefact(channelEnd(.open, ChannelID(number: 3))),
            Artefact(connectionEnd(.initialized, nil)), Artefact(connectionEnd(.open, ConnectionID(number: 3))),
            Artefact(ConnectionVersion.standard),
            Artefact(ClientFixture.state()), Artefact(ClientFixture.state(latest: 7, isFrozen: true)),
            Artefact(typed: ClientFixture.state()),
            Artefact(header.consensusState()), Artefact(typed: header.consensusState()),
            Artefact(header), Artefact(typed: header), Artefact(misbehaviour),
        ]
    }

    /// One of every kind that is a text: JSON, paths, identifiers, heights.
    static func allTexts() throws -> [Artefact] {
        let transfer = try FungibleTokenPacketData(
            trace: DenominationTrace(path: "transfer/channel-0/gamm/pool/1"),
            amount: 1_000_000,
            sender: "mesh1sender",
            receiver: "osmo1receiver",
            memo: #"{"wasm":{"contract":"osmo1receiver","msg":{"a":[1,"<&>"]}}}"#
        )
        return [
            Artefact("acknowledgement", Acknowledgement.failure(code: 1).json) { try Acknowledgement(json: $0).json },
            Artefact("acknowledgement", Acknowledgement.success.json) { try Acknowledgement(json: $0).json },
            Artefact("denomination", Array(transfer.trace.path.utf8)) {
                try Array(DenominationTrace(path: String(decoding: $0, as: UTF8.self)).path.utf8)
            },
            Artefact("store path", StorePath.packetReceipt(end(0), sequence: 5).key) {
                try StorePath(String(decoding: $0, as: UTF8.self)).key
            },
            Artefact("height", Array("4-17".utf8)) {
                try Array(Height(String(decoding: $0, as: UTF8.self)).description.utf8)
            },
            Artefact("channel id", Array("channel-17".utf8)) {
                let id = try ChannelID(String(decoding: $0, as: UTF8.self))
                return Array((id.number.map { ChannelID(number: $0) } ?? id).text.utf8)
            },
            Artefact("transfer", transfer.json) { try FungibleTokenPacketData(json: $0).json },
            Artefact("hook", Array(transfer.memo.utf8)) {
                let text = String(decoding: $0, as: UTF8.self)
                _ = try TransferHook(memo: text, receiver: "osmo1receiver")
                return $0
            },
        ]
    }

    static func end(_ number: UInt64) -> ChannelEndID {
        ChannelEndID(port: .transfer, channel: ChannelID(number: number))
    }

    static func packet(_ timeout: Timeout) throws -> Packet {
        try Packet(sequence: 300, source: end(0), destination: end(1), data: Array("{}".utf8), timeout: timeout)
    }

    static func channelEnd(_ state: ChannelEnd.State, _ other: ChannelID?) throws -> ChannelEnd {
        try ChannelEnd(
            state: state,
            ordering: .unordered,
            counterparty: ChannelEnd.Counterparty(port: .transfer, channel: other),
            connection: ConnectionID(number: 2),
            version: "ics20-1"
        )
    }

    static func connectionEnd(_ state: ConnectionEnd.State, _ other: ConnectionID?) throws -> ConnectionEnd {
        try ConnectionEnd(
            client: ClientID(number: 0),
            versions: [.standard],
            state: state,
            counterparty: ConnectionEnd.Counterparty(client: ClientID(number: 1), connection: other, prefix: .standard)
        )
    }
}
