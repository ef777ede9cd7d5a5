import ModuleKit
import StakingEvents

/// The text forms of addresses on the way in and out.
extension NativeStaking {
    func operatorAddress(_ text: String, _ context: Context) throws(ModuleError) -> Address {
        try context.addresses.parse(text, as: .validatorOperator)
    }

    func text(ofOperator address: Address, _ context: Context) -> String {
        context.addresses.format(address, as: .validatorOperator)
    }

    func text(ofAccount address: Address, _ context: Context) -> String {
        context.addresses.format(address, as: .account)
    }
}
