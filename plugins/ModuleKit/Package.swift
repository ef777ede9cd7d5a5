// swift-tools-version:6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let storage = Target.Dependency.product(name: "Storage", package: "storage")
let ics23 = Target.Dependency.product(name: "ICS23", package: "storage")
let strictJSON = Target.Dependency.product(name: "StrictJSON", package: "StrictJSON")

let package = Package(
    name: "ModuleKit",
    products: [
        .library(name: "ModuleKit", targets: ["ModuleKit"]),
        .library(name: "ModuleRuntime", targets: ["ModuleRuntime"]),
        .library(name: "ModuleTesting", targets: ["ModuleTesting"]),
    ],
    dependencies: [
        .package(path: "../../storage"),
        .package(path: "../StrictJSON"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .target(
            name: "ModuleKit",
            dependencies: [
                strictJSON,
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["Vocabulary/grants.proto", "Vocabulary/kit.proto"],
            swiftSettings: house
        ),
        .target(
            name: "ModuleRuntime",
            dependencies: ["ModuleKit", storage],
            exclude: ["Envelope/envelope.proto"],
            swiftSettings: house
        ),
        .target(
            name: "ModuleTesting",
            dependencies: ["ModuleKit", "ModuleRuntime", storage, ics23],
            exclude: ["Vocabulary/harness.proto"],
            swiftSettings: house
        ),
        .testTarget(
            name: "ModuleKitTests",
            dependencies: ["ModuleKit", "ModuleRuntime", "ModuleTesting", storage, ics23],
            exclude: ["Vocabulary/testing.proto"],
            swiftSettings: house
        ),
    ]
)
