import IBC
import ModuleKit

/// What ibc-go calls the parts of its section, and what stands in those that say nothing here.
enum GenesisLayout {
    /// The section of `app_state`.
    static let section = "ibc"
    /// Where the hashes of headers stand, in `client_genesis`. The member is our own: ibc-go keeps none.
    static let headerHashes = "header_hashes"
    /// Where it stands up to which misbehaviour was forgiven, in `client_genesis`. The member is our own, too.
    static let forgivenHeights = "forgiven_heights"
    /// The parts of the section for the second version of IBC, which is not spoken here.
    static let secondVersion = ["client_v2_genesis", "channel_v2_genesis"]
    /// The client that a chain of ibc-go has of itself.
    static let localClient = "09-localhost"
    /// The connection that a chain of ibc-go has to itself.
    static let localConnection = "connection-localhost"

    /// The kinds of clients that can be started here.
    static let clientParams: JSONValue = ["allowed_clients": [.string(ClientKind.prefix)]]
    /// ibc-go's own: what a delay of a connection is reckoned by.
    static let connectionParams: JSONValue = ["max_expected_time_per_block": "30000000000"]
    /// ibc-go's own: by when an upgrade of a channel has to be done.
    static let channelParams: JSONValue = [
        "upgrade_timeout": [
            "height": ["revision_number": "0", "revision_height": "0"],
            "timestamp": "600000000000",
        ]
    ]
}
