import ModuleKit

extension ChainSpecification.Inflation {
    static let allowed = ["rate", "community_tax", "blocks_per_year"]

    /// Reads the member `inflation` of a chain: `0.1`, or members of which `rate` is one.
    init(_ node: ScenarioNode) throws(ScenarioError) {
        guard case .mapping = node.content else {
            self.init(try node.decimal("an inflation"))
            try require(node)
            return
        }
        let members = try node.members(of: "inflation", allowing: Self.allowed)
        self.init(
            try members.required("rate").decimal("an inflation"),
            communityTax: try members.optional("community_tax")?.decimal("a community tax"),
            blocksPerYear: try members.optional("blocks_per_year")?.number(
                "blocks in a year",
                in: 1...UInt64(100_000_000)
            )
        )
        try require(node)
    }

    private func require(_ node: ScenarioNode) throws(ScenarioError) {
        if let fault { throw node.refusal(fault) }
    }
}
