import ExternalStakingEvents
import ModuleKit
import RecommendedListEvents

extension RecommendedList {
    /// Puts an instance on the list.
    ///
    /// - Throws: `notCurator`, `unknownRecommendation`, `notExternalStaking`, `alreadyRecommended`, `invalidNote`,
    ///   `recommendedListFull`.
    func handle(_ message: RecommendedListRecommend, _ context: Context) throws(ModuleError) {
        let curator = try requireCurator(context)
        let instance = try requireExternalStaking(message.instance, context)
        let note = try Note.read(message.note)
        guard try !recommendations.contains(instance.number, in: context) else {
            throw ModuleError(
                .alreadyRecommended,
                "\(instance.label) is on the list: withdraw it first to write another note"
            )
        }
        guard try count.value(in: context) ?? 0 < Self.recommendationsMax else {
            throw ModuleError(
                .recommendedListFull,
                "the list has \(Self.recommendationsMax) entries, as many as are allowed: withdraw one first"
            )
        }
        let address = context.addresses.format(instance.address, as: .account)
        try context.emit(
            .with {
                $0.recommended.number = instance.number
                $0.recommended.label = instance.label
                $0.recommended.address = address
                $0.recommended.note = note
                $0.recommended.by = curator
                $0.recommended.timeNanoseconds = context.block.time.nanoseconds
            }
        )
    }

    /// Takes an instance off the list.
    ///
    /// - Throws: `notCurator`, `unknownRecommendation`, `notRecommended`.
    func handle(_ message: RecommendedListWithdraw, _ context: Context) throws(ModuleError) {
        let curator = try requireCurator(context)
        let instance = try requireInstance(message.instance, context)
        guard try recommendations.contains(instance.number, in: context) else {
            throw ModuleError(.notRecommended, "\(instance.label) is not on the list: there is nothing to withdraw")
        }
        try context.emit(
            .with {
                $0.withdrawn.number = instance.number
                $0.withdrawn.label = instance.label
                $0.withdrawn.by = curator
            }
        )
    }

    /// The text of the sender, who is the curator, or the instance's admin as it is now.
    private func requireCurator(_ context: Context) throws(ModuleError) -> String {
        let sender = try context.requireSender()
        let text = context.addresses.format(sender, as: .account)
        let curator = try requireSettings(context).curator
        let admin = try context.admin(of: context.identity.number)
        guard text == curator || sender == admin else {
            let others = curator.isEmpty ? "it has no curator" : "its curator is \(curator)"
            throw ModuleError(.notCurator, "the list is changed by its admin and its curator alone, and \(others)")
        }
        return text
    }

    /// The External Staking instance that a text means.
    func requireExternalStaking(_ reference: String, _ context: Context) throws(ModuleError) -> InstanceIdentity {
        let instance = try requireInstance(reference, context)
        guard instance.module == ExternalStakingEvent.moduleName else {
            throw ModuleError(
                .notExternalStaking,
                "\(instance.label) runs \(instance.module): name an instance of \(ExternalStakingEvent.moduleName)"
            )
        }
        return instance
    }

    private func requireInstance(_ reference: String, _ context: Context) throws(ModuleError) -> InstanceIdentity {
        guard let instance = context.instance(named: reference) else {
            throw ModuleError(
                .unknownRecommendation,
                "the reference means no instance of this chain: give the label or the address of one"
            )
        }
        return instance
    }
}
