import ConverterEvents
import ModuleKit
import VirtualStakingEvents

extension VirtualStaking {
    /// At how many validators an epoch bonds; the next epoch goes on with the others, whose stake is then the only one missing.
    static let bondsPerEpochMax = 500

    /// Moves the stake towards what the converter says each validator should have.
    ///
    /// An epoch that throws has changed nothing: the host rolls it back alone and records why, and the next one starts from
    /// the same stake. What fails at one validator does not make it throw.
    func runEpoch(_ settings: VirtualStakingSettings, _ context: Context) throws(ModuleError) {
        // Before any delegation changes (section 10).
        try collectRewards(context)
        let targets = try targets(settings, context)
        guard let targets else { return }
        let cap = try sum(of: cap, context)
        let plan = try EpochPlan(try positions(targets, settings, context), cap: cap, mayGrow: targets.isPriceFresh)
        try release(plan.releases, .epoch, context)
        for part in plan.bonds.prefix(Self.bondsPerEpochMax) {
            try bond(part.amount, to: part.validator, settings, context)
        }
        let minted = try sum(of: mintedTotal, context)
        try context.emit(
            .with {
                $0.epochCompleted = .with {
                    $0.height = context.block.height
                    $0.cap = cap.description
                    $0.target = plan.target.description
                    $0.isPriceFresh = targets.isPriceFresh
                    $0.minted = minted.description
                }
            }
        )
    }

    /// What the converter says; no targets without a grant or after the end of the pairing. Nil where there is nothing to do.
    private func targets(_ settings: VirtualStakingSettings, _ context: Context) throws(ModuleError)
        -> ConverterTargets?
    {
        if try closure.value(in: context) == nil, try !sum(of: cap, context).isZero {
            let converter = try pairedConverter(settings, context)
            return try context.ask(ConverterQuery.with { $0.targets = .init() }, of: converter).targets
        }
        return try sum(of: mintedTotal, context).isZero ? nil : ConverterTargets()
    }

    /// Where stake is or should be, in the order of validators, without those that can't be changed during a slash.
    ///
    /// A validator that is not active should have nothing.
    private func positions(
        _ targets: ConverterTargets,
        _ settings: VirtualStakingSettings,
        _ context: Context
    ) throws(ModuleError) -> [EpochPlan.Position] {
        var wanted: [Address: Amount] = [:]
        var validators: [Address] = []
        for target in targets.targets {
            let validator = try context.operatorAddress(target.validator)
            guard wanted.updateValue(try Amount(target.amount), forKey: validator) == nil else {
                throw ModuleError(.inconsistentConverter, "\(target.validator) has two targets: one is too many")
            }
            validators.append(validator)
        }
        try minted.forEach(in: context) { (validator, _) throws(ModuleError) in
            if wanted[validator] == nil { validators.append(validator) }
            return true
        }
        let native = NativeStake(settings, context)
        var positions: [EpochPlan.Position] = []
        for validator in validators.sorted() {
            let standing = try native.standing(of: validator) ?? .inactive
            if case .frozen = standing { continue }
            positions.append(
                EpochPlan.Position(
                    validator: validator,
                    bonded: try free(at: validator, context),
                    target: standing == .active ? wanted[validator] ?? .zero : .zero
                )
            )
        }
        return positions
    }
}

extension VirtualStakingSettings {
    /// Whether a block has an epoch.
    func hasEpoch(at height: UInt64) -> Bool { epochBlocks > 0 && height % epochBlocks == epochOffset % epochBlocks }

    /// The first height above another that has an epoch; the largest number where there is none.
    func nextEpoch(after height: UInt64) -> UInt64 {
        guard epochBlocks > 0 else { return .max }
        let passed = (height % epochBlocks + epochBlocks - epochOffset % epochBlocks) % epochBlocks
        let (next, overflow) = height.addingReportingOverflow(epochBlocks - passed)
        return overflow ? .max : next
    }
}
