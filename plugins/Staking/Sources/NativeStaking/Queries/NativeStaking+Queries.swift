public import ModuleKit
public import StakingEvents

extension NativeStaking {
    /// Answers a question from state; pages hold 100 entries, or what is asked for, 1000 at most.
    ///
    /// - Throws: `validatorNotFound`, `delegationNotFound`, `subAccountNotFound`, `historyNotKept`; codespace `kit` for malformed addresses.
    public func answer(_ query: StakingQuery, _ state: StateReader) throws(ModuleError) -> StakingAnswer {
        let answerer = StakingAnswerer(
            collections: collections,
            state: state,
            prefixes: try collections.prefixes(state)
        )
        return try .filled { (answer) throws(ModuleError) in
            switch query.query {
            case .validator(let query): answer.validator = try answerer.validator(query)
            case .validators(let query): answer.validators = try answerer.validators(query)
            case .delegation(let query): answer.delegation = try answerer.delegation(query)
            case .delegations(let query): answer.delegations = try answerer.delegations(query)
            case .unbondingDelegations(let query): answer.unbondingDelegations = try answerer.unbondings(query)
            case .redelegations(let query): answer.redelegations = try answerer.redelegations(query)
            case .pool: answer.pool = try answerer.pool()
            case .parameters: answer.parameters = try collections.currentRules(state).stored
            case .historicalPower(let query): answer.historicalPower = try answerer.powers(at: query.height)
            case .activeSet: answer.activeSet = try answerer.activeSet()
            case .activeValidators(let query):
                answer.activeValidators = try answerer.activeValidators(query)
            case .subAccount(let query): answer.subAccount = try answerer.subAccount(query)
            case .validatorChanges(let query): answer.validatorChanges = try answerer.changes(query)
            case nil:
                throw ModuleError(.unknownMessage, "the question for staking asks nothing: set one of its queries")
            }
        }
    }
}

/// Reads what questions ask for.
struct StakingAnswerer {
    let collections: StakingState
    let state: StateReader
    let prefixes: AddressPrefixes

    static let pageDefault = 100
    static let pageMax = 1_000

    func limit(_ page: StakingPageRequest) -> Int {
        page.limit == 0 ? Self.pageDefault : min(Int(page.limit), Self.pageMax)
    }

    func start(_ page: StakingPageRequest) throws(ModuleError) -> Address? {
        page.start.isEmpty ? nil : try prefixes.parse(page.start, as: .validatorOperator)
    }

    func operatorText(_ address: Address) -> String { prefixes.format(address, as: .validatorOperator) }
    func accountText(_ address: Address) -> String { prefixes.format(address, as: .account) }
}
