extension Transcript {
    /// The members of the observable state that a step has changed, each as a whole.
    struct State: Decodable {
        let vault: [String: Account]?
        let stakes: [String: [String: Stake]]?
        let validators: [String: String]?
        let bonded: [String: String]?
        let requests: [String: String]?
        let virtual: [String: String]?
    }

    /// One user in the vault.
    struct Account: Decodable {
        let bonded: String
        let free: [String]
        let maxLien: [String]
        let slashable: [String]
        let liens: [String: [String]]
        let wallet: String
    }

    /// One stake: `[low, high, [pending unbonds]]`.
    struct Stake: Decodable {
        let low: String
        let high: String
        let pending: [String]

        init(from decoder: any Decoder) throws {
            var fields = try decoder.unkeyedContainer()
            low = try fields.decode(String.self)
            high = try fields.decode(String.self)
            pending = try fields.decode([String].self)
        }
    }
}
