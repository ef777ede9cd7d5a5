import Foundation
import ModuleKit
import StakingEvents

/// Accounts and keys of the tests.
enum Account {
    static let prefixes: AddressPrefixes = {
        guard let prefixes = try? AddressPrefixes(account: "cosmos") else { preconditionFailure("a valid prefix") }
        return prefixes
    }()

    static let user = Address(moduleName: "person/user")

    /// Validators' accounts by number, in the order of their bytes: validator 0 comes first in every loop.
    static let validators = (0..<520).map { Address(moduleName: "person/validator \($0)") }.sorted()

    /// A validator's consensus key by number.
    static func key(_ number: Int) -> [UInt8] {
        [UInt8](repeating: 7, count: 24) + (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    /// The address of a validator's consensus key.
    static func consensusAddress(_ number: Int) -> Data {
        Data((try? Address(ed25519PublicKey: key(number)))?.bytes ?? [])
    }
}

extension Address {
    var text: String { Account.prefixes.format(self, as: .account) }
    var operatorText: String { Account.prefixes.format(self, as: .validatorOperator) }
}
