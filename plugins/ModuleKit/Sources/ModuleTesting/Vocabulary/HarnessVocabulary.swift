internal import Foundation
public import ModuleKit

extension HarnessEvent: EventVocabulary {
    /// Every kind of event that the harness and its neighbours record, by number.
    public static let kinds: [EventKind] = [
        EventKind(1, "hook_failed", delivery: .final),
        EventKind(2, "reaction_failed", delivery: .final),
        EventKind(3, "observed"),
        EventKind(4, "privilege_granted", delivery: .final),
        EventKind(5, "privilege_revoked", delivery: .final),
        EventKind(6, "privilege_offered"),
        EventKind(7, "admin_changed"),
        EventKind(8, "authority_changed", delivery: .final),
        EventKind(9, "host_told"),
    ]

    /// The descriptor set of `harness.proto`.
    public static let descriptorSet: [UInt8] = Array(Data(base64Encoded: harnessDescriptorSetBase64) ?? Data())
}

extension HarnessObserved: StateValue {}
extension HarnessDecision: StateValue {}

extension HarnessEvent: ChangesGrants {
    /// What a test has decided on a grant.
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

extension HarnessEvent: OffersGrants {
    /// What a test is about to grant.
    public var grantOffer: GrantChange? {
        get throws(ModuleError) {
            guard case .privilegeOffered(let offered) = event else { return nil }
            let privilege = Privilege(offered.privilege)
            let grant = try Grant(privilege, recordedCap: offered.cap)
            return GrantChange(instance: offered.number, privilege: privilege, grant: grant)
        }
    }
}

extension HarnessEvent: AddressesInstances {
    /// The instance whose grant an event is about.
    public var addressee: UInt32? {
        switch event {
        case .privilegeOffered(let offered): offered.number
        case .privilegeGranted(let granted): granted.number
        case .privilegeRevoked(let revoked): revoked.number
        default: nil
        }
    }
}

extension HarnessEvent {
    static func offered(_ grant: Grant, to instance: InstanceIdentity) -> HarnessEvent {
        .with {
            $0.privilegeOffered.number = instance.number
            $0.privilegeOffered.privilege = grant.privilege.name
            $0.privilegeOffered.cap = grant.recordedCap
        }
    }

    static func adminChanged(_ admin: Address?, of instance: InstanceIdentity) -> HarnessEvent {
        .with {
            $0.adminChanged.number = instance.number
            $0.adminChanged.admin = Data(admin?.bytes ?? [])
        }
    }

    static func authorityChanged(_ authority: Address?) -> HarnessEvent {
        .with { $0.authorityChanged.authority = Data(authority?.bytes ?? []) }
    }

    static func hostTold(_ message: [UInt8], by instance: InstanceIdentity) -> HarnessEvent {
        .with {
            $0.hostTold.number = instance.number
            $0.hostTold.message = Data(message)
        }
    }

    static func granted(_ grant: Grant, to instance: InstanceIdentity) -> HarnessEvent {
        .with {
            $0.privilegeGranted.number = instance.number
            $0.privilegeGranted.privilege = grant.privilege.name
            $0.privilegeGranted.cap = grant.recordedCap
        }
    }

    static func revoked(_ privilege: Privilege, from instance: InstanceIdentity) -> HarnessEvent {
        .with {
            $0.privilegeRevoked.number = instance.number
            $0.privilegeRevoked.privilege = privilege.name
        }
    }

    static func hookFailed(_ failure: BlockOutcome.HookFailure) -> HarnessEvent {
        .with {
            $0.hookFailed = .with {
                $0.number = failure.instance.number
                $0.hook = failure.hook
                $0.codespace = failure.error.codespace
                $0.code = failure.error.code.number
                $0.error = failure.error.recordedMessage
            }
        }
    }

    static func reactionFailed(_ failure: Execution.FailedReaction) -> HarnessEvent {
        .with {
            $0.reactionFailed = .with {
                $0.number = failure.instance.number
                $0.sequence = failure.origin.sequence
                $0.codespace = failure.error.codespace
                $0.code = failure.error.code.number
                $0.error = failure.error.recordedMessage
            }
        }
    }

    static func observed(_ event: any EventVocabulary, _ origin: EventOrigin) throws(ModuleError) -> HarnessEvent {
        let payload = Data(try event.encodedBytes())
        return .with {
            $0.observed = .with {
                $0.sequence = origin.sequence
                $0.number = origin.instance.number
                $0.kind = origin.kind.number
                $0.payload = payload
            }
        }
    }
}
