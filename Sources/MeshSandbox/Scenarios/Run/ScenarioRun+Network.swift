import Foundation
import IBC
public import ModuleKit

/// Letting time pass on the scenario's network, and putting down what happens.
extension ScenarioRun {
    /// How many steps of the network a step of the scenario takes at most.
    static let stepLimit = 400

    /// One step of the network.
    @available(*, noasync)
    public func advance() throws(ScenarioError) {
        absorb(try ScenarioError.running(current?.place) { try network.step() })
    }

    /// Steps of the network until something is the case, which may be so at once.
    ///
    /// - Parameter goal: what is waited for, for messages.
    /// - Throws: `network` when it is not the case after 400 steps.
    @available(*, noasync)
    public func advance(until goal: String, _ isDone: () throws(ScenarioError) -> Bool) throws(ScenarioError) {
        var count = 0
        var obstacles: [String] = []
        while try !isDone() {
            guard count < Self.stepLimit else {
                let reason = obstacles.isEmpty ? "" : ": \(obstacles.joined(separator: "; "))"
                throw ScenarioError(.network, "\(goal) did not happen in \(Self.stepLimit) steps\(reason)")
            }
            count += 1
            let report = try ScenarioError.running(current?.place) { try network.step() }
            obstacles = report.obstacles
            absorb(report)
        }
    }

    /// Lets at least that much time pass: step by step up to sixty steps, in sixty longer ones beyond.
    @available(*, noasync)
    public func wait(_ span: TimeSpan) throws(ScenarioError) {
        let usual = network.stepInterval
        defer { network.stepInterval = usual }
        let duration = Duration.nanoseconds(Int64(clamping: span.nanoseconds))
        network.stepInterval = max(usual, duration / 60)
        let end = network.now.shifted(by: duration)
        while network.now < end { try advance() }
    }

    /// Opens a channel, with its connection and its clients unless there are some.
    ///
    /// - Throws: `outOfTurn` when it is open.
    @available(*, noasync)
    public func open(_ channel: ScenarioChannel) throws(ScenarioError) {
        guard network.relayers.allSatisfy({ $0.path(named: channel.name) == nil }) else {
            throw ScenarioError(.outOfTurn, "the channel \(channel.name) was opened before: leave the step out")
        }
        try ScenarioError.running(current?.place) {
            let (first, second) = channel.ends
            let path = RelayPath(
                channel.name,
                from: .init(try chain(first.chain).chainID, port: try PortID(first.port)),
                to: .init(try chain(second.chain).chainID, port: try PortID(second.port)),
                ordering: channel.ordering == .ordered ? .ordered : .unordered,
                version: channel.version
            )
            try network.addRelayer(Self.relayer(of: channel.name), paths: [path])
        }
        try advance(until: "opening \(channel.name)") { () throws(ScenarioError) in
            try ScenarioError.running(current?.place) { try network.path(channel.name).phase >= .open }
        }
    }

    /// Has packets and acknowledgements of a channel treated in some way from now on.
    ///
    /// - Throws: `outOfTurn` before it is open.
    public func deliver(over channel: ScenarioChannel, by policy: DeliveryPolicy) throws(ScenarioError) {
        guard let relayer = network.relayers.first(where: { $0.path(named: channel.name) != nil }) else {
            throw ScenarioError(
                .outOfTurn,
                "the channel \(channel.name) is not there yet: begin with the step `\(channel.opening)`"
            )
        }
        try ScenarioError.running(nil) { try relayer.setPolicy(policy, ofPath: channel.name) }
    }

    /// Waits until nothing is on its way: no transaction before a block, no packet before its end.
    @available(*, noasync)
    public func settle() throws(ScenarioError) {
        // What was submitted since the last step is sent by the next one, and seen by relayers in it.
        try advance()
        try advance(until: "settling everything") {
            network.chains.allSatisfy { !$0.isUp || $0.pending.isEmpty }
                && network.relayers.allSatisfy { $0.packetsUnderWay.isEmpty }
        }
    }

    /// Has an account do something, and waits until it is done: in one transaction, or by proposal where a vote decides.
    ///
    /// - Parameters:
    ///   - account: who does it.
    ///   - label: by which expectations find the transaction and the packet that it sends.
    ///   - failure: how it is expected to fail; nil when it is expected to succeed.
    /// - Throws: `network` when it never gets into a block. What fails is no error: it is put down.
    @available(*, noasync)
    public func submit(
        _ messages: [SandboxMessage],
        from account: AccountReference,
        label: String? = nil,
        failing failure: ExpectedFailure? = nil
    ) throws(ScenarioError) {
        let error = try carryOut(messages, from: account, as: "\(current?.action.description ?? "")", label: label)
        let what = try isProposing(account) ? "decision of \(account.chain)" : "transaction of \(account)"
        put(error, failing: failure, of: what)
    }

    /// Puts down how something went that may have been expected to fail.
    func put(_ error: ModuleError?, failing failure: ExpectedFailure?, of what: String) {
        if let failure {
            check(what, expected: failure.description, failure.finding(error))
        } else if let error {
            check(what, expected: "done", ScenarioFinding("failed, \(error)", isMet: false))
        }
    }

    /// Signs messages as one transaction, and waits for its block.
    ///
    /// - Returns: what became of it.
    /// - Throws: `network` when it never gets into a block.
    @available(*, noasync)
    func transact(_ messages: [SandboxMessage], from account: AccountReference, label: String? = nil)
        throws(ScenarioError) -> TransactionReport?
    {
        let chain = try chain(account.chain)
        let hash = try ScenarioError.running(current?.place) { try chain.submit(messages, from: account.name) }
        // What nobody named is found by its hash.
        let name = label ?? Data(hash).base64EncodedString()
        labels[hash] = name
        try advance(until: "a block of \(account.chain) with this transaction") { outcomes[name] != nil }
        return outcomes[name]
    }

    /// The account with which the relayer of a channel signs; no account of a scenario can be called so.
    static func relayer(of channel: String) -> String { "relayer:\(channel)" }
}
