import ICS23
import Testing

@Suite("A multistore")
struct MultistoreTests {
    private func stores(_ names: [String]) -> [Multistore.Store] {
        names.map { Multistore.Store(name: $0, root: ModelTree.hash(Array($0.utf8))) }
    }

    @Test("has the root of the tree that the Cosmos SDK builds, and its proofs")
    func matchesModel() throws {
        for count in 1...20 {
            let stores = stores((0..<count).map { "store-\($0)" })
            let model = ModelTree.tendermint(stores.map { (Array($0.name.utf8), $0.root) })
            let multistore = try Multistore(stores)
            #expect(multistore.root == model.root)
            #expect(try multistore.stores.map { try multistore.existenceProof(of: $0.name) } == model.proofs)
        }
    }

    @Test("of three stores has the root that its formula gives")
    func followsFormula() throws {
        let multistore = try Multistore(stores(["state", "events", "modules"]))
        let leaves = ["events", "modules", "state"].map { name in
            let name = Array(name.utf8)
            return ModelTree.hash([0, UInt8(name.count)] + name + [32] + ModelTree.hash(ModelTree.hash(name)))
        }
        #expect(multistore.root == ModelTree.hash([1] + ModelTree.hash([1] + leaves[0] + leaves[1]) + leaves[2]))
        #expect(multistore.stores.map(\.name) == ["events", "modules", "state"])
    }

    @Test("proves each root under its name only")
    func provesRoots() throws {
        let multistore = try Multistore(stores(["state", "events", "modules"]))
        for store in multistore.stores {
            let proof = try multistore.existenceProof(of: store.name)
            let key = Array(store.name.utf8)
            try proof.verify(spec: .tendermint, root: multistore.root, key: key, value: store.root)
            expectRefusal(.valueMismatch) {
                try proof.verify(spec: .tendermint, root: multistore.root, key: key, value: multistore.root)
            }
            for other in multistore.stores where other != store {
                expectRefusal(.keyMismatch) {
                    try proof.verify(
                        spec: .tendermint,
                        root: multistore.root,
                        key: Array(other.name.utf8),
                        value: store.root
                    )
                }
            }
        }
    }

    @Test("needs names, each once, and roots")
    func needsNames() throws {
        for names in [[], [""], ["", "state"], ["state", "state"]] {
            expectRefusal(.invalidNames, "\(names)") { _ = try Multistore(stores(names)) }
        }
        expectRefusal(.emptyValue) { _ = try Multistore([Multistore.Store(name: "state", root: [])]) }
        let multistore = try Multistore(stores(["state"]))
        expectRefusal(.invalidNames) { _ = try multistore.existenceProof(of: "events") }
    }

    @Test("tells names apart by their bytes, not by how they look")
    func tellsNamesApart() throws {
        let names = ["\u{E9}", "e\u{301}"]
        let multistore = try Multistore(stores(names))
        for name in names {
            #expect(try multistore.existenceProof(of: name).key == Array(name.utf8))
        }
    }
}
