internal import Foundation
@_spi(Host) internal import ModuleKit

/// Instance 0 in the place of the host: it records what failed and was rolled back alone, and what a test decides on grants,
/// admins and the authority; and it hands on the messages that instances send.
struct TestHost: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = HarnessEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "test-host", version: "1.0.0")

    let decisions = StateMap<Pair<UInt32, String>, HarnessDecision>(1, "decisions")
    let admins = StateMap<UInt32, Address>(2, "admins")
    let authority = StateItem<Address>(3, "authority")

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "the test host takes no messages")
    }

    var subscriptions: [Subscription<TestHost>] {
        [
            .dispatchingMessages { (host, message, origin, context) throws(ModuleError) in
                try host.deliver(message, from: origin, context)
            }
        ]
    }

    /// Hands a message on. One to the host itself is recorded as `host_told`, and nothing comes of it.
    private func deliver(_ message: OutgoingMessage, from origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard message.instance != "host" else {
            try context.emit(.hostTold(message.payload, by: origin.instance))
            return
        }
        guard let addressee = context.instance(named: message.instance), addressee.number != 0 else {
            throw ModuleError(.notFound, "no instance of this harness is called '\(message.instance)'")
        }
        let execution = context.execution
        try execution.instance(addressee.number)
            .handle(message.payload, execution, sender: origin.instance.address, cause: origin.sequence)
    }

    func apply(_ event: HarnessEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .privilegeGranted, .privilegeRevoked: try applyGrant(event, to: state)
        case .adminChanged(let change) where change.admin.isEmpty: try admins.remove(change.number, in: state)
        case .adminChanged(let change): try admins.set(Address(bytes: change.admin), for: change.number, in: state)
        case .authorityChanged(let change) where change.authority.isEmpty: try authority.remove(in: state)
        case .authorityChanged(let change): try authority.set(Address(bytes: change.authority), in: state)
        case .hookFailed, .reactionFailed, .observed, .privilegeOffered, .hostTold, nil: break
        }
    }

    private func applyGrant(_ event: HarnessEvent, to state: StateWriter) throws(ModuleError) {
        guard let change = try event.grantChange else { return }
        let decision = HarnessDecision.with {
            $0.isGranted = change.grant != nil
            $0.cap = change.grant?.recordedCap ?? ""
        }
        try decisions.set(decision, for: Pair(change.instance, change.privilege.name), in: state)
    }

    /// What the test has decided on an instance's grant; nil when it has decided nothing.
    func decision(on privilege: Privilege, of instance: InstanceIdentity, in state: StateReader) throws(ModuleError)
        -> HarnessDecision?
    {
        try decisions.value(for: Pair(instance.number, privilege.name), in: state)
    }
}
