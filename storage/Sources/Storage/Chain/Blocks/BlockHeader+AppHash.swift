import ICS23

extension BlockHeader {
    /// The names of the roots beneath the app hash, in their order.
    enum RootName: String, CaseIterable {
        /// The event root.
        case events
        /// The module set's hash.
        case modules
        /// The state root.
        case state

        var bytes: [UInt8] { Array(rawValue.utf8) }
    }

    /// What the execution of the block came to: the root over the event root, the module set's hash and the state root under
    /// the names `events`, `modules` and `state`.
    ///
    /// It is the map in which the Cosmos SDK keeps the roots of its stores: the RFC 6962 tree over the leaves
    /// `length ‖ name ‖ 32 ‖ SHA-256(root)` in the order of names. So ICS-23's specification `tendermint` verifies a root
    /// against it.
    public var appHash: Hash {
        MerkleTree.root(
            ofLeafHashes: RootName.allCases.map { name in
                var leaf = [UInt8(truncatingIfNeeded: name.bytes.count)] + name.bytes
                leaf.append(UInt8(Hash.byteCount))
                leaf.append(Hash.sha256(root(name).bytes))
                return MerkleTree.leafHash(leaf)
            }
        )
    }

    /// The roots beneath the app hash, for proofs.
    var namedRoots: [Multistore.Store] {
        RootName.allCases.map { Multistore.Store(name: $0.rawValue, root: root($0).bytes) }
    }

    private func root(_ name: RootName) -> Hash {
        switch name {
        case .events: eventRoot
        case .modules: moduleSetHash
        case .state: stateRoot
        }
    }
}
