/// The bounds of a chain id (CometBFT, `MaxChainIDLen`).
enum ChainID {
    static let maximumByteCount = 50

    static func check(_ chainID: String) throws(CometBFTError) {
        guard (1...maximumByteCount).contains(chainID.utf8.count) else {
            throw CometBFTError(.outOfRange, "a chain id has 1 to 50 bytes, not \(chainID.utf8.count)")
        }
    }
}

/// The bounds of a height.
enum Height {
    static func check(_ height: Int64) throws(CometBFTError) {
        guard height > 0 else {
            throw CometBFTError(.outOfRange, "a height is 1 or more, not \(height)")
        }
    }
}

/// The bounds of a round.
enum Round {
    static func check(_ round: Int32) throws(CometBFTError) {
        guard round >= 0 else {
            throw CometBFTError(.outOfRange, "a round is 0 or more, not \(round)")
        }
    }
}

/// The bounds of a signature (CometBFT, `MaxSignatureSize`).
enum Signature {
    static let byteCountRange = 1...64

    static func check(_ signature: [UInt8]) throws(CometBFTError) {
        guard byteCountRange.contains(signature.count) else {
            throw CometBFTError(.wrongLength, "a signature has 1 to 64 bytes, not \(signature.count)")
        }
    }
}
