/// What the two ends answer to packets of the control channel, in the envelope of ICS-04.
///
/// A success is `Acknowledgement.result(ControlAcknowledgement.emptyResult)`, written `{"result":"e30="}`; a refusal is
/// `Acknowledgement.error`. Both are the envelope's own, so only the result is here.
public enum ControlAcknowledgement {
    /// The result of every packet that was taken: an empty JSON object.
    public static let emptyResult: [UInt8] = Array("{}".utf8)
}
