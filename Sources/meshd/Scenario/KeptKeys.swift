import MeshSandbox

/// The keys of kept homes, with which their chains go on: those of a scenario's accounts and validators.
///
/// They are no secrets: everybody can make them again from the scenario's seed.
struct KeptKeys {
    private let chains: [ChainSpecification]
    private let seed: UInt64

    init(_ scenario: Scenario, seed: UInt64) {
        chains = scenario.chains.map(\.specification)
        self.seed = seed
    }

    /// Adds the keys to each home, by the names of the scenario.
    ///
    /// - Parameter folder: the homes, each under its chain's identifier.
    func write(in folder: String) throws(CommandError) {
        for chain in chains {
            let home = Home(path: "\(folder)/\(chain.chainID)")
            guard home.holdsChain else { continue }
            for secret in chain.secrets(seed: seed) {
                try KeyStore(home).add(try KeyRecord(name: secret.name, seed: secret.seed))
            }
        }
    }
}
