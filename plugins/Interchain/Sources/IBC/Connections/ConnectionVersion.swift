/// What a connection can carry (ICS-03): a version of IBC, and the features of it that an end has.
public struct ConnectionVersion: Hashable, Sendable {
    /// How many features a version has at most.
    public static let maximumFeatureCount = 16
    /// The longest identifier, and the longest feature, in bytes.
    public static let maximumTextByteCount = 64
    /// Version 1, with ordered and with unordered channels.
    public static let standard = ConnectionVersion(
        checked: "1",
        features: [ChannelEnd.Ordering.ordered.feature, ChannelEnd.Ordering.unordered.feature]
    )

    /// The version.
    public let identifier: String
    /// The features in their order. Never empty.
    public let features: [String]

    /// Makes a version.
    ///
    /// - Throws: `missing` for a blank identifier or feature, or without features; `tooLarge` for too many features or
    ///   too long a text; `unknownValue` for other characters than those of printable ASCII; `inconsistent` for a
    ///   feature that stands twice.
    public init(identifier: String, features: [String]) throws(IBCError) {
        guard !isBlank(identifier), !features.isEmpty, !features.contains(where: isBlank) else {
            throw IBCError(
                .missing,
                "a connection version has an identifier and features, and none is blank; name them"
            )
        }
        let texts = [identifier] + features
        guard features.count <= Self.maximumFeatureCount,
            texts.allSatisfy({ $0.utf8.count <= Self.maximumTextByteCount })
        else {
            throw IBCError(
                .tooLarge,
                "a connection version has at most \(Self.maximumFeatureCount) features, each, like its identifier, "
                    + "of at most \(Self.maximumTextByteCount) bytes; name fewer and shorter ones"
            )
        }
        // Beyond ASCII, whether two texts are equal would depend on a version of Unicode.
        guard texts.allSatisfy({ $0.utf8.allSatisfy { 0x20...0x7E ~= $0 } }) else {
            throw IBCError(.unknownValue, "a connection version is written in printable ASCII; remove other characters")
        }
        for (index, feature) in features.enumerated() where features[..<index].contains(feature) {
            throw IBCError(.inconsistent, "the feature \(quoted(feature)) stands twice; name it once")
        }
        self.init(checked: identifier, features: features)
    }

    private init(checked identifier: String, features: [String]) {
        self.identifier = identifier
        self.features = features
    }

    /// Whether channels of an ordering may use a connection of this version.
    public func allows(_ ordering: ChannelEnd.Ordering) -> Bool {
        features.contains(ordering.feature)
    }

    /// Whether everything that another end proposes is in this version.
    public func includes(_ proposed: ConnectionVersion) -> Bool {
        identifier == proposed.identifier && proposed.features.allSatisfy(features.contains)
    }

    /// The version on which an end that has `own` answers one that offers `offered`: the first own one that is offered,
    /// with the features that both have.
    ///
    /// - Throws: `noCommonVersion`.
    public static func common(
        own: [ConnectionVersion] = [.standard],
        offered: [ConnectionVersion]
    ) throws(IBCError) -> ConnectionVersion {
        for version in own {
            guard let other = offered.first(where: { $0.identifier == version.identifier }) else { continue }
            let features = version.features.filter(other.features.contains)
            if !features.isEmpty { return ConnectionVersion(checked: version.identifier, features: features) }
        }
        throw IBCError(.noCommonVersion, "the two ends of the connection share no version; offer version 1")
    }
}
