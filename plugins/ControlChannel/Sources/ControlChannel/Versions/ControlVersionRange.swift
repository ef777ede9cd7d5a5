public import ModuleKit

/// The versions that an instance is willing to speak, and the rules by which two ends agree on one of them.
///
/// Within the range, an end understands everything that is older than its highest version. A higher minor version is
/// answered with the own highest one, a higher major version is refused.
public struct ControlVersionRange: Hashable, Sendable {
    /// 1.0.0 alone: what an instance speaks unless it is told otherwise.
    public static let standard = ControlVersionRange(checked: .newest, .newest)

    /// The oldest version that is accepted.
    public let minimum: ControlVersion
    /// The newest version that is spoken.
    public let maximum: ControlVersion

    /// Makes a range.
    ///
    /// - Throws: `invalidControlVersionRange` unless `minimum` is at most `maximum` and both are from 0.11.0 to 1.0.0, which
    ///   are the versions that this build knows.
    public init(minimum: ControlVersion, maximum: ControlVersion) throws(ModuleError) {
        guard ControlVersion.reference <= minimum, minimum <= maximum, maximum <= .newest else {
            throw ModuleError(
                .invalidControlVersionRange,
                "versions from \(minimum) to \(maximum) can't be spoken; name a minimum and a maximum from "
                    + "\(ControlVersion.reference) to \(ControlVersion.newest), the minimum first"
            )
        }
        self.init(checked: minimum, maximum)
    }

    private init(checked minimum: ControlVersion, _ maximum: ControlVersion) {
        self.minimum = minimum
        self.maximum = maximum
    }
}

extension ControlVersionRange {
    /// What the end that starts a handshake proposes: the own highest version where its sender left it open, else what
    /// would be answered to his proposal.
    ///
    /// - Throws: as ``answer(to:)``.
    public func proposal(for text: String) throws(ModuleError) -> ControlVersion {
        text.isEmpty ? maximum : try answer(to: text)
    }

    /// What the other end answers to a proposal (`OpenTry`): the older of the proposal and the own highest version.
    ///
    /// - Throws: `unsupportedControlVersion` for a proposal older than the minimum, or of a higher major version;
    ///   `malformedControlVersion` or `wrongControlProtocol`.
    public func answer(to proposal: String) throws(ModuleError) -> ControlVersion {
        let proposed = try ControlVersion(json: proposal)
        try requireMinimum(proposed)
        guard proposed.number.major <= maximum.number.major else {
            throw ModuleError(
                .unsupportedControlVersion,
                "version \(proposed) is a major version ahead of \(maximum), the newest spoken here; propose that one"
            )
        }
        return min(proposed, maximum)
    }

    /// What is agreed once the other end has answered (`OpenAck`).
    ///
    /// - Parameters:
    ///   - answer: the other end's version text.
    ///   - proposal: what this end proposed.
    /// - Throws: `unsupportedControlVersion` for an answer above the proposal, older than the minimum or above the maximum;
    ///   `malformedControlVersion` or `wrongControlProtocol`.
    public func settle(on answer: String, proposed proposal: ControlVersion) throws(ModuleError) -> ControlVersion {
        let answered = try ControlVersion(json: answer)
        try requireMinimum(answered)
        guard answered <= min(proposal, maximum) else {
            throw ModuleError(
                .unsupportedControlVersion,
                "version \(answered) was answered, which is newer than \(min(proposal, maximum)), the newest that was "
                    + "proposed and is spoken here; open a channel anew"
            )
        }
        return answered
    }

    private func requireMinimum(_ version: ControlVersion) throws(ModuleError) {
        guard version >= minimum else {
            throw ModuleError(
                .unsupportedControlVersion,
                "version \(version) is older than \(minimum), the oldest spoken here; upgrade the other end"
            )
        }
    }
}
