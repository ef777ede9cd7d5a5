import MeshHost
import ModuleKit

/// Accounts and validators as users name them: by address, or by the name of a key of the home.
struct AccountReferences {
    let addresses: AddressPrefixes
    let keys: KeyStore

    /// The account with an address, or of a key.
    func account(_ reference: String) throws(CommandError) -> Address {
        try resolve(reference, as: .account)
    }

    /// The account with an address, or of a key, as the chain writes it.
    func accountText(_ reference: String) throws(CommandError) -> String {
        addresses.format(try account(reference), as: .account)
    }

    /// The validator with an operator address, or of a key or an account.
    func validator(_ reference: String) throws(CommandError) -> String {
        let address: Address
        if let account = try? addresses.parse(reference, as: .account) {
            address = account
        } else {
            address = try resolve(reference, as: .validatorOperator)
        }
        return addresses.format(address, as: .validatorOperator)
    }

    private func resolve(_ reference: String, as role: AddressPrefixes.Role) throws(CommandError) -> Address {
        do throws(ModuleError) {
            return try addresses.parse(reference, as: role)
        } catch {
            if let key = try keys.find(reference) { return try key.address() }
            throw CommandError(
                .badInput,
                "'\(reference.printable)' is neither an address nor a key of this home: \(error.message)",
                cause: error
            )
        }
    }
}
