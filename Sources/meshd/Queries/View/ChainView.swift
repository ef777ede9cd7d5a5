import BankEvents
import MeshHost
import ModuleKit
import StakingEvents

/// A chain as the commands look at it: its instances by number, and typed questions to the modules they know.
struct ChainView {
    let host: ChainHost
    /// The deployed instances, by number.
    let instances: [HostInstance]

    /// How many entries a question for a list asks for at once.
    static let pageSize: UInt32 = 1_000

    init(_ host: ChainHost) throws(CommandError) {
        self.host = host
        instances = try Pages.all(from: UInt32(0)) { (start) throws(CommandError) in
            let query = HostQuery.with {
                $0.instances.start = start
                $0.instances.limit = Self.pageSize
            }
            let page = try CommandError.wrapping { try host.query(query, of: "host") }.instances.instances
            return (page, page.count == Int(Self.pageSize) ? page.last.map { $0.number + 1 } : nil)
        }
    }

    var addresses: AddressPrefixes { host.addresses }

    /// The instance with a label or an address.
    func instance(_ reference: String) throws(CommandError) -> HostInstance {
        let answer = try CommandError.wrapping {
            try host.query(HostQuery.with { $0.instance.instance = reference }, of: "host")
        }
        return answer.instance
    }

    /// The label of the first instance of a module: the one that serves the others.
    ///
    /// - Throws: `badInput` when the chain has none.
    func label(ofModule module: String) throws(CommandError) -> String {
        guard let instance = instances.first(where: { $0.module == module }) else {
            throw CommandError(
                .badInput,
                "this chain has no instance of \(module): deploy one, see `meshd query instances`"
            )
        }
        return instance.label
    }

    /// Asks the bank that serves the chain.
    func bank(_ ask: (inout BankQuery) -> Void) throws(CommandError) -> BankAnswer {
        let label = try label(ofModule: "bank")
        return try CommandError.wrapping { try host.query(BankQuery.with(ask), of: label) }
    }

    /// Asks the first instance of native staking.
    func staking(_ ask: (inout StakingQuery) -> Void) throws(CommandError) -> StakingAnswer {
        let label = try label(ofModule: "staking")
        return try CommandError.wrapping { try host.query(StakingQuery.with(ask), of: label) }
    }
}

/// Whole lists, page by page.
extension ChainView {
    /// How much there is of each denomination.
    func supplies() throws(CommandError) -> [BankSupply] {
        try Pages.all { (start: String) throws(CommandError) in
            let page = try bank {
                $0.totalSupply.startDenom = start
                $0.totalSupply.limit = Self.pageSize
            }.totalSupply
            return (page.supplies, page.nextDenom)
        }
    }

    /// What an account holds.
    func balances(of account: String) throws(CommandError) -> [ProtoCoin] {
        try Pages.all { (start: String) throws(CommandError) in
            let page = try bank {
                $0.allBalances.address = account
                $0.allBalances.startDenom = start
                $0.allBalances.limit = Self.pageSize
            }.allBalances
            return (page.balances, page.nextDenom)
        }
    }

    /// All validators, by operator.
    func validators() throws(CommandError) -> [StakingValidator] {
        try Pages.all { (start: String) throws(CommandError) in
            let page = try staking {
                $0.validators.page.start = start
                $0.validators.page.limit = Self.pageSize
            }.validators
            return (page.validators, page.next)
        }
    }

    /// What an account has staked, by validator.
    func delegations(of account: String) throws(CommandError) -> [StakingDelegation] {
        try Pages.all { (start: String) throws(CommandError) in
            let page = try staking {
                $0.delegations.delegator = account
                $0.delegations.page.start = start
                $0.delegations.page.limit = Self.pageSize
            }.delegations
            return (page.delegations, page.next)
        }
    }
}
