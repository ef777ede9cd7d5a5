// A module's vocabulary is made of generated protobuf types: whoever imports ModuleKit can read and build them.
@_exported public import SwiftProtobuf
