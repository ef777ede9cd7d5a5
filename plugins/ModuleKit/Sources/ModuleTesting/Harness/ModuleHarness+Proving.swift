internal import ICS23
public import ModuleKit
internal import Storage

/// What a module that talks to other chains needs of the chain it is on: two harnesses can play two chains.
extension ModuleHarness {
    /// Proves what the stored state holds under a key, or that it holds nothing.
    ///
    /// - Parameters:
    ///   - fullKey: the instance's number (4 bytes, big-endian), the collection's number (1 byte), the encoded key; as in
    ///     ``storedState()``.
    ///   - height: a stored block's; the last one's unless told otherwise.
    /// - Throws: `storage` when no such block is stored or its state is empty.
    public func proof(of fullKey: [UInt8], at height: UInt64? = nil) throws(HarnessError) -> HarnessProof {
        try HarnessError.wrapping(.storage, "the state can't be proven") {
            let found = try chain.store.proof(of: fullKey, at: height)
            return HarnessProof(
                height: found.height,
                value: found.value,
                path: found.path.keys,
                proof: try found.proof.encoded(),
                appHash: try chain.appHash(at: found.height)
            )
        }
    }

    /// Proves what the stored state of the module under test holds in a collection under a key.
    ///
    /// - Throws: as ``proof(of:at:)``.
    public func proof(
        of key: some ModuleKit.StateKey,
        in collection: some StateCollection,
        at height: UInt64? = nil
    ) throws(HarnessError) -> HarnessProof {
        try proof(of: key, in: collection, of: Module.self, at: height)
    }

    /// Proves what the stored state of any module in the harness holds in a collection under a key.
    ///
    /// - Throws: `unknownModule`, or as ``proof(of:at:)``.
    public func proof<Other: ProtocolModule>(
        of key: some ModuleKit.StateKey,
        in collection: some StateCollection,
        of module: Other.Type,
        at height: UInt64? = nil
    ) throws(HarnessError) -> HarnessProof {
        var fullKey: [UInt8] = []
        try identity(of: module).number.encode(into: &fullKey)
        fullKey.append(collection.number)
        key.encode(into: &fullKey)
        return try proof(of: fullKey, at: height)
    }

    /// The app hash of the last stored block, 32 bytes.
    ///
    /// - Throws: `storage` before the first block is stored.
    public var appHash: [UInt8] {
        get throws(HarnessError) {
            try HarnessError.wrapping(.storage, "the last block can't be read") { try chain.appHash() }
        }
    }
}

extension TestChain {
    /// The app hash of a stored block; the last one's unless told otherwise.
    func appHash(at height: UInt64? = nil) throws -> [UInt8] {
        let header = if let height { try store.log.header(at: height) } else { try store.log.latestHeader() }
        guard let header else {
            throw HarnessError(.storage, "there is no such block: end one first, with nextBlock")
        }
        return header.appHash.bytes
    }
}
