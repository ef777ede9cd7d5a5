/// An External Staking instance that holds stake of an observed chain's validators, and the client by which it knows the
/// chain.
struct WatchingInstance: Hashable, Sendable {
    let label: String
    let number: UInt32
    let clientID: String
}
