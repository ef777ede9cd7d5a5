public import ModuleKit
public import StakingEvents

/// Who delegates: an account in its own name, or an instance in the name of a sub-account.
struct Delegator: Hashable {
    let address: Address
    /// Whose sub-account the address is; nil for any other account.
    let subAccount: StakingSubAccount?

    /// An account that stakes in its own name, or that of a stored delegation.
    init(_ address: Address, subAccount: StakingSubAccount? = nil) {
        self.address = address
        self.subAccount = subAccount
    }

    /// An instance that stakes for itself, or for an owner.
    init(_ instance: InstanceIdentity, owner: Address?, _ prefixes: AddressPrefixes) {
        guard let owner else {
            self.init(instance.address)
            return
        }
        let subAccount = StakingSubAccount.with {
            $0.instance = prefixes.format(instance.address, as: .account)
            $0.instanceNumber = instance.number
            $0.owner = prefixes.format(owner, as: .account)
        }
        self.init(Address(instance: instance.address, account: owner), subAccount: subAccount)
    }
}

extension StakingSubAccount: StateValue {
    /// The address, which follows from the instance and the owner.
    var address: Address {
        get throws(ModuleError) {
            Address(instance: try Address(bech32: instance), account: try Address(bech32: owner))
        }
    }
}

extension StakingState {
    /// The delegator of stored stake. All sub-accounts have 32 bytes, so nothing is read for an ordinary account.
    func delegator(_ address: Address, in state: some StateReading) throws(ModuleError) -> Delegator {
        guard address.byteCount == Address.maximumByteCount else { return Delegator(address) }
        return Delegator(address, subAccount: try subAccounts.value(for: address, in: state))
    }
}
