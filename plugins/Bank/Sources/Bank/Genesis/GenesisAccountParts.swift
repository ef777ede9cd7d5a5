import BankEvents
import ModuleKit

/// Where the parts of a genesis account stand, whatever its layout.
///
/// Protobuf's JSON (SDK 0.40 and later) has `@type` and nests `base_vesting_account` and `base_account`. Amino's JSON
/// (0.38 and 0.39) has `type` and `value`, nested as `BaseAccount` or flat. Before 0.38 accounts are flat without a type.
struct GenesisAccountParts {
    /// What an account is.
    enum Kind: Equatable {
        case plain
        case base
        case module
        case vesting(BankVestingKind)
        case unknown(String)
    }

    /// What it is.
    let kind: Kind
    /// The account as it stands in the list.
    let entry: JSONField
    /// The account without the wrapper of its type.
    let body: JSONField
    /// Where the address, the key and the numbers stand.
    let base: JSONField
    /// Where the original and the delegated vesting stand; nil where nothing vests.
    let vesting: JSONField?

    init(_ field: JSONField) throws(ModuleError) {
        entry = field
        if let type = field["@type"].optional {
            kind = Self.kind(try type.string())
            body = field
        } else if let type = field["type"].optional {
            kind = Self.kind(try type.string())
            body = field["value"]
        } else {
            kind = .plain
            body = field
        }
        let nested = body.first(of: "base_vesting_account", "BaseVestingAccount").optional
        base = (nested ?? body).first(of: "base_account", "BaseAccount").optional ?? nested ?? body
        switch kind {
        case .vesting: vesting = nested ?? body
        case .plain: vesting = try body["original_vesting"].coinsIfAny().isEmpty ? nil : body
        case .unknown: vesting = nested
        case .base, .module: vesting = nil
        }
    }

    /// Where the module's name stands; nil where the account is no module's.
    var module: JSONField? {
        switch kind {
        case .module: body
        case .plain: body["module_name"].optional == nil ? nil : body
        default: nil
        }
    }

    /// Whether part of its coins vests.
    var hasVesting: Bool { vesting != nil }

    /// How it vests; accounts of unknown types all at the end.
    func vestingKind() throws(ModuleError) -> BankVestingKind? {
        switch kind {
        case .vesting(let kind): kind
        case .plain where hasVesting: try body["start_time"].integerIfAny() > 0 ? .continuous : .delayed
        case .unknown where hasVesting: .delayed
        default: nil
        }
    }

    /// The parts that are objects of their own, with the members that are read of each.
    var membersByPart: [(JSONField, [String])] {
        let baseNames = [
            "address", "pub_key", "public_key", "account_number", "sequence", "sequence_number", "coins",
        ]
        let vestingNames = ["original_vesting", "delegated_free", "delegated_vesting", "end_time"]
        var names = ["@type"]
        switch kind {
        case .plain: names += vestingNames + ["start_time", "module_name", "module_permissions"]
        case .module: names += ["name", "domain", "permissions"]
        case .vesting: names += ["start_time", "vesting_periods"]
        case .base, .unknown: break
        }
        var parts = [(body, names + baseNames + vestingNames + Self.nestedNames)]
        if entry.path != body.path { parts.append((entry, ["type", "value"])) }
        if let vesting, vesting.path != body.path {
            parts.append((vesting, vestingNames + baseNames + Self.nestedNames))
        }
        if base.path != body.path, base.path != vesting?.path { parts.append((base, baseNames)) }
        return parts
    }

    private static let nestedNames = ["base_account", "BaseAccount", "base_vesting_account", "BaseVestingAccount"]

    private static func kind(_ name: String) -> Kind {
        switch name {
        case "/cosmos.auth.v1beta1.BaseAccount", "cosmos-sdk/BaseAccount", "cosmos-sdk/Account", "auth/Account": .base
        case "/cosmos.auth.v1beta1.ModuleAccount", "cosmos-sdk/ModuleAccount": .module
        case "/cosmos.vesting.v1beta1.ContinuousVestingAccount", "cosmos-sdk/ContinuousVestingAccount",
            "auth/ContinuousVestingAccount":
            .vesting(.continuous)
        case "/cosmos.vesting.v1beta1.DelayedVestingAccount", "cosmos-sdk/DelayedVestingAccount",
            "auth/DelayedVestingAccount":
            .vesting(.delayed)
        case "/cosmos.vesting.v1beta1.PeriodicVestingAccount", "cosmos-sdk/PeriodicVestingAccount":
            .vesting(.periodic)
        case "/cosmos.vesting.v1beta1.PermanentLockedAccount", "cosmos-sdk/PermanentLockedAccount":
            .vesting(.permanentLocked)
        default: .unknown(name)
        }
    }
}
