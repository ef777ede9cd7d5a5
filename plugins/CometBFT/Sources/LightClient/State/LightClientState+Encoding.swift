import CometBFT

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension LightClientState {
    /// The bytes in which a state is stored: JSON with sorted keys, blocks and headers in it as base64 of their
    /// protobuf.
    ///
    /// One state has one encoding.
    ///
    /// - Throws: `invalidState` if the encoder fails, which no state makes it do.
    public func encoded() throws(LightClientError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try Array(encoder.encode(StoredState(self)))
        } catch {
            throw LightClientError(.invalidState, "The state of the client can't be encoded.", cause: error)
        }
    }

    /// Reads a state as it was stored. What was trusted then is trusted now, so the bytes must come from a safe place;
    /// signatures are not verified again.
    ///
    /// - Throws: `invalidState` for bytes that ``encoded()`` does not make, of another format version, or whose parts
    ///   contradict each other.
    public init(encoded bytes: [UInt8]) throws(LightClientError) {
        do {
            self = try JSONDecoder().decode(StoredState.self, from: Data(bytes)).state()
        } catch let error as LightClientError {
            throw error
        } catch {
            throw LightClientError(
                .invalidState,
                "The bytes are not the state of a light client. Restore them from a backup, or start a new client.",
                cause: error
            )
        }
        // Unknown keys, other spellings and trailing bytes would be passed over by the decoder.
        guard try encoded() == bytes else {
            throw LightClientError(
                .invalidState,
                "The bytes hold more than the state of a light client, or hold it in another form. "
                    + "Restore them from a backup, or start a new client."
            )
        }
    }
}

/// The form in which a state is stored.
private struct StoredState: Codable {
    static let currentVersion = 1

    struct Side: Codable {
        var header: Data
        var block: Data?
    }

    struct StoredMisbehaviour: Codable {
        var kind: Misbehaviour.Kind
        var first: Side
        var second: Side
    }

    var version: Int
    var options: VerificationOptions
    var historyLimit: Int
    var latest: Data
    var history: [Data]
    var misbehaviour: StoredMisbehaviour?

    init(_ state: LightClientState) {
        version = Self.currentVersion
        options = state.options
        historyLimit = state.historyLimit
        latest = Data(state.latest.encoded)
        history = state.history.map { Data($0.encoded) }
        misbehaviour = state.misbehaviour.map {
            StoredMisbehaviour(kind: $0.kind, first: Side($0.first), second: Side($0.second))
        }
    }

    func state() throws -> LightClientState {
        guard version == Self.currentVersion else {
            throw LightClientError(
                .invalidState,
                "The state has format version \(version), and this build reads \(Self.currentVersion). "
                    + "Use a build that knows the version."
            )
        }
        return try LightClientState(
            latest: LightBlock(encoded: Array(latest)),
            history: history.map { try Header(encoded: Array($0)) },
            misbehaviour: misbehaviour.map {
                try Misbehaviour(kind: $0.kind, first: $0.first.side(), second: $0.second.side())
            },
            options: options,
            historyLimit: historyLimit
        )
    }
}

extension StoredState.Side {
    init(_ side: Misbehaviour.Side) {
        header = Data(side.header.encoded)
        block = side.block.map { Data($0.encoded) }
    }

    func side() throws -> Misbehaviour.Side {
        guard let block else { return try Misbehaviour.Side(Header(encoded: Array(header))) }
        return try Misbehaviour.Side(LightBlock(encoded: Array(block)))
    }
}
