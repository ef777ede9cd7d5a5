import ConverterEvents
import ModuleKit
import StakingEvents
import VirtualStakingEvents

/// Whom the converter works with on its own chain. References are resolved when they are used.
extension Converter {
    /// The instance that the settings name as virtual staking; nil where there is none, or it runs another module.
    func virtualStaking(_ settings: ConverterSettings, _ context: Context) -> InstanceIdentity? {
        guard let instance = context.instance(named: settings.virtualStaking),
            instance.module == Self.virtualStakingModuleName
        else { return nil }
        return instance
    }

    /// The pair's other half, which names this converter, and what it may do.
    ///
    /// - Throws: `pairIncomplete`.
    func requireVirtualStaking(_ settings: ConverterSettings, _ context: Context) throws(ModuleError)
        -> (instance: InstanceIdentity, authorisation: VirtualStakingAuthorisation)
    {
        guard let instance = virtualStaking(settings, context) else {
            throw ModuleError(
                .pairIncomplete,
                settings.virtualStaking.isEmpty
                    ? "the converter knows no virtual staking yet: configure virtual_staking"
                    : "there is no virtual staking named \(settings.virtualStaking): deploy it, or name another one"
            )
        }
        let query = VirtualStakingQuery.with { $0.authorisation = .init() }
        let authorisation = try context.ask(query, of: instance.number).authorisation
        guard context.instance(named: authorisation.converter)?.number == context.identity.number else {
            throw ModuleError(
                .pairIncomplete,
                "\(instance.label) names another converter than \(context.identity.label): the two have to name each other"
            )
        }
        return (instance, authorisation)
    }

    /// Checks that the sender is the chain's authority. Whoever has deployed the converter has no say in it.
    ///
    /// - Parameter action: what only the authority may do.
    /// - Throws: the code that is given.
    func requireAuthority(to action: String, _ code: ModuleError.Code, _ context: Context) throws(ModuleError) {
        guard let authority = try context.authority() else {
            throw ModuleError(code, "only the chain's authority may \(action), and this chain has none")
        }
        guard context.sender == authority else {
            let name = context.addresses.format(authority, as: .account)
            throw ModuleError(code, "only the chain's authority, \(name), may \(action): send it from there")
        }
    }

    /// The chain's native staking: the first instance of it.
    ///
    /// - Throws: `notFound`.
    func nativeStaking(_ context: Context) throws(ModuleError) -> UInt32 {
        guard let instance = context.firstInstance(ofModule: Self.nativeStakingModuleName) else {
            throw ModuleError(.notFound, "this chain has no native staking: deploy it before a converter")
        }
        return instance.number
    }

    /// What native staking keeps of a validator; nil where there is none.
    func validator(_ address: Address, _ context: Context) throws(ModuleError) -> StakingValidator? {
        let name = context.addresses.format(address, as: .validatorOperator)
        let query = StakingQuery.with { $0.validator.operator = name }
        do throws(ModuleError) {
            return try context.ask(query, of: try nativeStaking(context)).validator
        } catch {
            guard error.code == .validatorNotFound else { throw error }
            return nil
        }
    }

    static let nativeStakingModuleName = "staking"
    static let virtualStakingModuleName = "virtual-staking"
}
