extension Transcript {
    /// The members of the observable state that a step has changed, each as a whole.
    struct State: Decodable {
        let vault: [String: Account]?
        let stakes: [String: [String: Stake]]?
        let validators: [String: String]?
        let bonded: [String: String]?
        let requests: [String: String]?
        let virtual: [String: String]?
        /// What users have earned and were not paid, by validator; `panics` where the question does.
        let rewards: [String: [String: String]]?
        /// What lies at the converter.
        let escrow: String?
        /// What accounts of the consumer were paid.
        let recipients: [String: String]?
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
