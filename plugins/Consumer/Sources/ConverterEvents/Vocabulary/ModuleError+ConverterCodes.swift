public import ModuleKit

extension ModuleError.Code {
    private static func converter(_ number: UInt32) -> Self { Self("converter", number) }

    /// The instance has no settings yet.
    public static let converterNotConfigured = converter(1)
    /// A setting has a value that is not allowed.
    public static let converterSettingNotAllowed = converter(2)
    /// A setting can't be changed any more, or not by this account.
    public static let converterSettingFixed = converter(3)
    /// A handshake begins at this end: it can't be answered here.
    public static let handshakeStartsHere = converter(4)
    /// The other end of a channel is not the one that the settings name, or they name none.
    public static let wrongRemoteEndpoint = converter(5)
    /// A control channel keeps no order; this one would.
    public static let controlChannelOrdered = converter(6)
    /// The pairing has had its channel: there is one, ever.
    public static let pairingHadChannel = converter(7)
    /// The pairing has no open channel.
    public static let pairingNotOpen = converter(8)
    /// The instance that the settings name as virtual staking does not exist, is none, or does not name this converter.
    public static let pairIncomplete = converter(9)
    /// Virtual staking has no live grant with a cap above zero.
    public static let notAuthorised = converter(10)
    /// The price is stale or zero, or there is no price feed.
    public static let priceUnusable = converter(11)
    /// A packet is about another token than the one that is pledged.
    public static let wrongPledgeDenomination = converter(12)
    /// An amount is zero, or above what can be counted.
    public static let pledgeAmountNotAllowed = converter(13)
    /// A delegator's text is empty or too long.
    public static let invalidDelegator = converter(14)
    /// There is no such validator, or nothing may be bonded to it.
    public static let validatorNotBondable = converter(15)
    /// Less is pledged than is to be taken back.
    public static let pledgeTooSmall = converter(16)
    /// The converter does not do what a packet asks for.
    public static let packetNotSupported = converter(17)
    /// Only the chain's authority may do this, and a chain may have none.
    public static let notConverterAuthority = converter(18)
    /// An event of the module's own contradicts its state: a damaged log, or a defect.
    public static let inconsistentConverterEvent = converter(19)
    /// The parts of a genesis document contradict each other.
    public static let converterGenesisContradiction = converter(20)
    /// Rewards are of another denomination than the pairing's.
    public static let wrongRewardDenomination = converter(21)
    /// A payment is of nothing, or of more than is held.
    public static let rewardAmountNotAllowed = converter(22)
    /// Whoever is to be paid is no account of this chain, or takes no coins.
    public static let rewardRecipientNotAllowed = converter(23)
    /// There is nothing to give away, or no community pool, or the pairing is not over, and the provider has not refused it.
    public static let nothingToGive = converter(24)
    /// Rewards can't be sent by the route that is set.
    public static let rewardRouteUnusable = converter(25)
    /// A payment has a number so old that it is not known any more what became of it.
    public static let paymentForgotten = converter(26)
}
