extension StorePath {
    /// Where a client is kept.
    public static func clientState(_ client: ClientID) -> StorePath {
        StorePath(checked: "clients/\(client)/clientState")
    }

    /// Where a client keeps what it verified of a height.
    public static func consensusState(_ client: ClientID, at height: Height) -> StorePath {
        StorePath(checked: "clients/\(client)/consensusStates/\(height)")
    }

    /// Where the end of a connection is kept.
    public static func connection(_ connection: ConnectionID) -> StorePath {
        StorePath(checked: "connections/\(connection)")
    }

    /// Where the end of a channel is kept.
    public static func channelEnd(_ end: ChannelEndID) -> StorePath {
        StorePath(checked: "channelEnds/\(end.path)")
    }
}

extension ChannelEndID {
    /// How paths name the end.
    var path: String { "ports/\(port)/channels/\(channel)" }
}
