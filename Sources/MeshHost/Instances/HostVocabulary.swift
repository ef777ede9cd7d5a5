internal import Foundation
public import ModuleKit

extension HostMessage: MessageVocabulary {}

extension HostQuery: QueryVocabulary {
    /// What the host answers with.
    public typealias Answer = HostAnswer
}

extension HostEvent: EventVocabulary {
    /// Every kind of event that the host records, by number.
    public static let kinds: [EventKind] = [
        EventKind(1, "chain_started"),
        EventKind(2, "vocabulary_added"),
        EventKind(3, "instance_deployed"),
        EventKind(4, "instance_reconfigured"),
        EventKind(5, "admin_changed"),
        EventKind(6, "migration_requested"),
        EventKind(7, "instance_migrated", delivery: .final),
        EventKind(8, "privilege_granted", delivery: .final),
        EventKind(9, "privilege_revoked", delivery: .final),
        EventKind(10, "transaction_executed", delivery: .final),
        EventKind(11, "hook_failed", delivery: .final),
        EventKind(12, "reaction_failed", delivery: .final),
        EventKind(13, "authority_changed", delivery: .final),
        EventKind(14, "privilege_offered"),
        EventKind(15, "total_cap_set", delivery: .final),
        EventKind(16, "sequence_imported"),
        EventKind(17, "fee_charged"),
    ]

    /// The descriptor set of `host.proto`.
    public static let descriptorSet: [UInt8] = Array(Data(base64Encoded: hostDescriptorSetBase64) ?? Data())
}

extension HostEvent: ChangesGrants {
    /// What the chain's authority, or the genesis, decided on a grant.
    public var grantChange: GrantChange? {
        get throws(ModuleError) {
            switch event {
            case .privilegeGranted(let granted):
                let privilege = Privilege(granted.privilege)
                let grant = try Grant(privilege, recordedCap: granted.cap)
                return GrantChange(instance: granted.number, privilege: privilege, grant: grant)
            case .privilegeRevoked(let revoked):
                return GrantChange(instance: revoked.number, privilege: Privilege(revoked.privilege), grant: nil)
            default: return nil
            }
        }
    }
}

extension HostEvent: OffersGrants {
    /// What the chain's authority is about to grant.
    public var grantOffer: GrantChange? {
        get throws(ModuleError) {
            guard case .privilegeOffered(let offered) = event else { return nil }
            let privilege = Privilege(offered.privilege)
            let grant = try Grant(privilege, recordedCap: offered.cap)
            return GrantChange(instance: offered.number, privilege: privilege, grant: grant)
        }
    }
}

extension HostEvent: ChargesFees {
    /// What a transaction's first signer pays for it.
    public var fee: Fee? {
        get throws(ModuleError) {
            guard case .feeCharged(let charged) = event else { return nil }
            return Fee(try Coins(charged.amount), from: try Address(bech32: charged.payer))
        }
    }
}

extension HostEvent: AddressesInstances {
    /// The instance whose grant an event is about; nil for all other events.
    public var addressee: UInt32? {
        switch event {
        case .privilegeOffered(let offered): offered.number
        case .privilegeGranted(let granted): granted.number
        case .privilegeRevoked(let revoked): revoked.number
        default: nil
        }
    }
}

extension HostInstance: StateValue {}
extension HostGrant: StateValue {}
extension HostTotalCap: StateValue {}
extension HostChain: StateValue {}
extension HostVocabulary: StateValue {}

extension ModuleError.Code {
    private static func host(_ number: UInt32) -> Self { Self("host", number) }

    /// A label breaks the rule, or is taken.
    public static let invalidLabel = host(1)
    /// No module of that name or version is registered.
    public static let unknownModule = host(2)
    /// No instance has that label, address or number.
    public static let unknownInstance = host(3)
    /// Only the instance's admin may do this.
    public static let notAdmin = host(4)
    /// The bytes are no transaction, or over a limit.
    public static let invalidTransaction = host(5)
    /// A signature does not hold, or one is missing.
    public static let invalidSignature = host(6)
    /// The sequence is not the account's next.
    public static let wrongSequence = host(7)
    /// The transaction was only good up to an earlier height.
    public static let timedOut = host(8)
    /// The block has no work left for this transaction.
    public static let blockFull = host(9)
    /// Only the chain's authority may do this.
    public static let notAuthority = host(10)
    /// The instance's module has no such privilege.
    public static let unknownPrivilege = host(11)
    /// The instance does not hold the grant.
    public static let noSuchGrant = host(12)
    /// The caps of all grants of a privilege would add up to more than its total cap.
    public static let totalCapExceeded = host(13)
    /// The chain has no instance that takes fees, and the transaction would pay one.
    public static let feeNotTaken = host(14)
    /// The fee is lower than what this node asks for.
    public static let insufficientFee = host(15)
}
